import { list } from '@elekto/words/phrase';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fill, plural } from '../../texts/fill.ts';
import { Heading } from '../shared/Heading.tsx';
import { CandidateRow } from './CandidateRow.tsx';
import { useBallot } from './context.ts';
import { ProfileDrawer } from './ProfileDrawer.tsx';
import { actOn } from './rank-acts.ts';
import type { RankAct } from './rank-acts.ts';
import { above, emptyDraft, notRanked, placeOf, tiersOf } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { ballotSentence } from './sentence.ts';
import { Steps } from './Steps.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { useWide } from './use-wide.ts';
import { YourRanking } from './YourRanking.tsx';

interface Props {
  readonly draft: Draft;
  /** Why the ranking is there already, in a sentence; null at a first visit. */
  readonly notice: string | null;
  /** The page begins with it: the focus is left to the voter, who comes from elsewhere on the page otherwise. */
  readonly isFirst: boolean;
  /** Candidates who were not on the paper that the ranking was begun on. */
  readonly fresh: ReadonlySet<string>;
  readonly onChange: (draft: Draft) => void;
  /** null when there is nothing to take back. */
  readonly onUndo: (() => void) | null;
  readonly onReview: () => void;
}

/** From this many candidates on a name can be searched for. */
const MANY = 13;
/** As many who share a place are named where one only might join them. */
const NAMED = 4;

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The ranking itself: candidates to tap in a list that stays put, and beside it the order that comes of it. */
export function Editor({ draft, notice, isFirst, fresh, onChange, onUndo, onReview }: Props) {
  const { page, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const { lang } = page;
  const [said, setSaid] = useState('');
  const [stop, setStop] = useState(draft[0]?.id ?? '');
  const [blocked, setBlocked] = useState(false);
  const [sheet, setSheet] = useState(false);
  // What is not on the screen costs nothing while candidates are ranked.
  const isRankingSeen = useWide() || sheet;
  /** The voter is among the candidates by keyboard, and is told the keys. */
  const [byKeys, setByKeys] = useState(false);
  const [profile, setProfile] = useState<string | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const frame = useRef<HTMLDivElement>(null);

  const tiers = useMemo(() => tiersOf(draft), [draft]);
  const ranked = tiers.flat().length;
  const left = notRanked(draft);
  const mustRankAll = !paper.manifest.allowNoOpinion;
  const limit = paper.manifest.representationLimit;
  const names = (ids: readonly string[]): string => list(ids.map(nameOf), lang);
  const tied = new Map(
    tiers
      .filter((tier) => tier.length > 1)
      .flatMap((tier) => tier.map((id) => [id, names(tier.filter((other) => other !== id))] as const)),
  );
  const wanted = folded(search.trim());
  const isFound = (id: string): boolean => wanted === '' || folded(nameOf(id)).includes(wanted);
  const tabStop = isFound(stop) ? stop : draft.find(({ id }) => isFound(id))?.id;
  /** Whose place the equals sign would share on the row where the keys are. */
  const joins = tabStop === undefined ? [] : above(draft, tabStop, tiers);

  const say = (after: Draft, id: string) => {
    const n = placeOf(after, id);
    if (n === null) return setSaid(fill(t.movedNone, { name: nameOf(id) }));
    const values = { name: nameOf(id), n };
    const others = after.filter((row) => row.place === n && row.id !== id).map((row) => row.id);
    setSaid(
      others.length > 0 ? fill(t.movedTied, { ...values, others: names(others) }) : fill(t.moved, values),
    );
  };
  const latest = useRef({ draft, onChange, say, settled: (now: Draft) => now });
  const change = useCallback((id: string, what: RankAct) => {
    const after = actOn(latest.current.settled(latest.current.draft), id, what);
    latest.current.onChange(after);
    latest.current.say(after, id);
  }, []);
  const act = useCallback(
    (id: string, what: RankAct) => {
      change(id, what);
      setStop(id);
    },
    [change],
  );
  const setPlace = useCallback((id: string, place: number) => change(id, { place }), [change]);
  const { typed, onKeyDown, settled, settle, forget } = useRowKeys({ draft, act, setPlace, setStop, frame });
  useLayoutEffect(() => {
    latest.current = { draft, onChange, say, settled };
  });
  const undo = () => {
    // A digit that waits for another one is the last step.
    if (!forget()) onUndo?.();
    setSaid(t.undone);
  };

  // A row that is dragged or moved keeps the focus where the voter has it.
  const held = useRef<string | null>(null);
  useLayoutEffect(() => {
    const id = held.current;
    held.current = null;
    if (id !== null && document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>(`[data-ranked="${CSS.escape(id)}"] .grip`)?.focus();
  });
  const actInRanking = useCallback(
    (id: string, what: RankAct) => {
      held.current = id;
      act(id, what);
    },
    [act],
  );

  const review = () => {
    const whole = settled(draft);
    if (whole !== draft) onChange(whole);
    const first = whole.find(({ place }) => place === null)?.id;
    if (!mustRankAll || first === undefined) return onReview();
    setBlocked(true);
    setSearch('');
    setStop(first);
    frame.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(first)}"] .pick`)?.focus();
  };
  useEffect(() => {
    if (left.length === 0) setBlocked(false);
  }, [left.length]);

  return (
    <div
      className={byKeys ? 'editor by-keys' : 'editor'}
      ref={frame}
      onFocus={({ target }) => setByKeys(target.matches('.pick:focus-visible'))}
      onBlur={({ target, relatedTarget }) => {
        if (target.matches('.pick')) settle();
        // From row to row nothing is laid out anew.
        if (!(relatedTarget instanceof Element && relatedTarget.matches('.pick'))) setByKeys(false);
      }}
      onKeyDown={(event) => {
        const { key, ctrlKey, metaKey, shiftKey } = event;
        if (key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !shiftKey && (onUndo || typed)) {
          event.preventDefault();
          undo();
        } else if (key === 'Enter' && (ctrlKey || metaKey)) review();
      }}
    >
      <header className="editor-head">
        <Steps at={0} />
        <Heading quiet={isFirst && notice === null}>{t.rankTitle}</Heading>
        <p className="how">
          {t.instructions} {mustRankAll ? t.instructionsAll : t.instructionsFree} {t.instructionsShare}
        </p>
        {notice !== null && (
          <p className="note" role="status">
            {notice}
          </p>
        )}
        {draft.length >= MANY && (
          <p className="field search">
            <label htmlFor="search">{t.search}</label>
            <input
              id="search"
              type="search"
              autoComplete="off"
              placeholder={t.search}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </p>
        )}
      </header>
      <ul className="rows candidates" aria-label={t.candidates}>
        {draft.map(({ id, place }) => (
          <CandidateRow
            key={id}
            id={id}
            place={place}
            isFound={isFound(id)}
            typed={id === typed?.id ? typed.text : ''}
            tiedWith={tied.get(id) ?? ''}
            menu={id === menu ? names(above(draft, id, tiers)) : null}
            onMenu={setMenu}
            tabStop={id === tabStop}
            isNew={fresh.has(id)}
            act={act}
            onKeyDown={onKeyDown}
            onProfile={setProfile}
          />
        ))}
        {tabStop === undefined && <li className="soft nobody">{t.searchNone}</li>}
      </ul>
      <p className="vh" role="status" aria-live="polite">
        {said}
      </p>
      <div className="bar">
        {blocked && (
          <p className="note bad" role="alert">
            {plural(t.mustRankAll, left.length, lang)}
          </p>
        )}
        <p id="rank-keys" className="keys vh">
          {fill(t.rankKeys, {
            digits: draft.length < 10 ? t.rankDigits : t.rankTwoDigits,
            equals:
              joins.length > 0 && joins.length <= NAMED
                ? fill(t.rankEquals, { names: names(joins) })
                : t.rankEqualsAbove,
          })}
        </p>
        <p className="bar-state">{fill(t.summary, { ranked, all: draft.length }, lang)}</p>
        <div className="row-of-buttons">
          <button
            type="button"
            className="button quiet sheet-button"
            aria-expanded={sheet}
            aria-controls="your-ranking"
            onClick={() => setSheet(!sheet)}
            onKeyDown={({ key }) => {
              if (key === 'Escape') setSheet(false);
            }}
          >
            {sheet ? t.sheetClose : t.sheetOpen}
          </button>
          <button type="button" className="button quiet" disabled={onUndo === null} onClick={undo}>
            {t.undo}
          </button>
          <button type="button" className="button" onClick={review}>
            {t.review}
          </button>
        </div>
      </div>
      <section
        id="your-ranking"
        className={sheet ? 'your-ranking open' : 'your-ranking'}
        aria-labelledby="your-ranking-title"
      >
        <h3 id="your-ranking-title" className="area">
          {t.rankedArea}
        </h3>
        {isRankingSeen && <YourRanking draft={draft} act={actInRanking} />}
        <div className="says">
          <p className="sentence">
            {isRankingSeen && ballotSentence(draft, nameOf, t, lang, paper.manifest.counting.unranked)}
          </p>
          {!mustRankAll && left.length > 0 && (
            <p className="soft">
              {paper.manifest.counting.unranked === 'last' ? t.notRankedLast : t.notRankedMeans}
            </p>
          )}
          {limit && <p className="soft">{fill(t.limit, { max: limit.max, field: limit.field })}</p>}
          {ranked > 0 && (
            <button
              type="button"
              className="link"
              onClick={() => {
                onChange(emptyDraft(draft.map(({ id }) => id)));
                setSaid(t.cleared);
              }}
            >
              {t.clear}
            </button>
          )}
        </div>
      </section>
      {profile !== null && (
        <ProfileDrawer
          id={profile}
          place={placeOf(draft, profile)}
          onRank={() => act(profile, 'toggle')}
          onClose={() => {
            setProfile(null);
            frame.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(profile)}"] .pick`)?.focus();
          }}
          onTurn={setProfile}
          order={draft.map(({ id }) => id)}
        />
      )}
    </div>
  );
}
