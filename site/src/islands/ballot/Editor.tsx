import { useEffect, useRef, useState } from 'react';
import { fill, plural } from '../../texts/fill.ts';
import { Heading } from '../shared/Heading.tsx';
import { useBallot } from './context.ts';
import { useFocusAfterMove } from './focus.ts';
import type { FocusTarget } from './focus.ts';
import { nextPlace, RankArea } from './RankArea.tsx';
import type { RowAct } from './Row.tsx';
import {
  choose,
  hasGaps,
  insertAt,
  isInOrder,
  moveDown,
  moveUp,
  noOpinion,
  putInOrder,
  restToNoOpinion,
  tiersOf,
  tieWithAbove,
  untie,
  withoutPlace,
} from './ranking.ts';
import type { Draft } from './ranking.ts';
import { ballotSentence, listNames } from './sentence.ts';
import { Steps } from './Steps.tsx';
import type { DropTarget } from './use-drag.ts';

interface Props {
  readonly draft: Draft;
  readonly restored: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onClear: () => void;
  readonly onReview: () => void;
}

/** The ranking itself. Every change says in words what the ballot now means. */
export function Editor({ draft, restored, onChange, onClear, onReview }: Props) {
  const { page, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const [said, setSaid] = useState('');
  const [focus, setFocus] = useState<FocusTarget | null>(null);
  const [blocked, setBlocked] = useState(false);
  useFocusAfterMove(focus);
  /** Where the focus goes when the button that had it is gone. */
  const list = useRef<HTMLDivElement>(null);

  const inOrder = isInOrder(draft);
  const tiers = tiersOf(draft);
  const unplaced = withoutPlace(draft);
  const mustRankAll = !paper.manifest.allowNoOpinion;

  const say = (after: Draft, id: string) => {
    const all = tiersOf(after);
    const at = all.findIndex((tier) => tier.includes(id));
    const name = nameOf(id);
    if (at < 0) return setSaid(fill(noOpinion(after).includes(id) ? t.movedNone : t.movedUnranked, { name }));
    const others = (all[at] ?? []).filter((other) => other !== id).map(nameOf);
    const values = { name, n: at + 1, m: all.length, others: listNames(others, page.lang) };
    setSaid(fill(others.length > 0 ? t.movedTied : t.moved, values));
  };

  const change = (after: Draft, id: string, target: FocusTarget | null) => {
    onChange(after);
    say(after, id);
    if (target) setFocus(target);
  };

  const act = (id: string, what: RowAct) => {
    const keep = (...controls: string[]) => ({ id, controls: [...controls, 'grip', 'place'] });
    const held = document.activeElement?.getAttribute('data-control') ?? '';
    if (what === 'up') change(moveUp(draft, id), id, keep(held, 'up', 'down'));
    else if (what === 'down') change(moveDown(draft, id), id, keep(held, 'down', 'up'));
    else if (what === 'tie') change(tieWithAbove(draft, id), id, keep('tie', 'untie'));
    else if (what === 'untie') change(untie(draft, id), id, keep('tie', 'untie'));
    else if (what === 'next') change(choose(draft, id, nextPlace(draft)), id, keep('place'));
    else change(choose(draft, id, what.choice), id, keep(held));
  };

  const drop = (id: string, where: DropTarget) => {
    const after =
      typeof where === 'number'
        ? insertAt(draft, id, where)
        : putInOrder(choose(draft, id, where === 'none' ? 'none' : null));
    change(after, id, null);
  };

  const review = () => {
    if (mustRankAll && unplaced.length > 0) {
      setBlocked(true);
      setFocus({ id: unplaced[0] ?? '', controls: ['place'] });
    } else onReview();
  };
  useEffect(() => {
    if (unplaced.length === 0) setBlocked(false);
  }, [unplaced.length]);

  return (
    <div className="editor">
      <Steps at={0} />
      <Heading quiet={!restored}>{fill(t.stepOf, { n: 1, m: 4, name: t.steps.rank })}</Heading>
      <p>{t.instructions}</p>
      <p>{mustRankAll ? t.instructionsAll : t.instructionsMore}</p>
      {restored && (
        <p className="note" role="status">
          {t.draftRestored}
        </p>
      )}
      <p id="drag-help" className="vh">
        {t.dragHelp}
      </p>
      <div
        ref={list}
        tabIndex={-1}
        className="list-anchor"
        role="group"
        aria-label={inOrder ? t.inOrder : t.outOfOrder}
      >
        <RankArea draft={draft} act={act} drop={drop} />
      </div>
      <p className="vh" role="status" aria-live="polite">
        {said}
      </p>

      <section className="says" aria-labelledby="says">
        <h3 id="says">{t.sentenceLead}</h3>
        <p className="sentence">
          {ballotSentence(draft, nameOf, t, page.lang, paper.manifest.counting.unranked)}
        </p>
        {hasGaps(draft) && <p className="soft">{t.gaps}</p>}
        <p className="row-of-buttons">
          {!mustRankAll && unplaced.length > 0 && tiers.length > 0 && (
            <button
              type="button"
              className="link"
              onClick={() => {
                onChange(restToNoOpinion(draft));
                list.current?.focus();
              }}
            >
              {t.restNoOpinion}
            </button>
          )}
          {(tiers.length > 0 || noOpinion(draft).length > 0) && (
            <button
              type="button"
              className="link"
              onClick={() => {
                onClear();
                setSaid(t.cleared);
                list.current?.focus();
              }}
            >
              {t.clear}
            </button>
          )}
        </p>
      </section>
      {blocked && (
        <p className="note bad" role="alert">
          {plural(t.mustRankAll, unplaced.length, page.lang)}
        </p>
      )}
      <div className="bar">
        <p className="bar-state">
          {inOrder
            ? fill(t.summary, {
                ranked: tiers.flat().length,
                unranked: unplaced.length,
                none: noOpinion(draft).length,
              })
            : t.outOfOrder}
        </p>
        <div className="row-of-buttons">
          {!inOrder && (
            <button
              type="button"
              className="button quiet"
              onClick={() => {
                onChange(putInOrder(draft));
                setSaid(t.ordered);
                list.current?.focus();
              }}
            >
              {t.putInOrder}
            </button>
          )}
          <button type="button" className="button" onClick={review}>
            {t.review}
          </button>
        </div>
      </div>
    </div>
  );
}
