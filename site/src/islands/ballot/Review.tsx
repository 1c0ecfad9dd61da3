import { useState } from 'react';
import { fill, plural } from '../../texts/fill.ts';
import { Heading } from '../shared/Heading.tsx';
import { useBallot } from './context.ts';
import { Paper } from './Paper.tsx';
import { noEffect, noOpinion, tiersOf, withoutPlace } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { ballotSentence, listNames } from './sentence.ts';
import { Steps } from './Steps.tsx';

interface Props {
  readonly draft: Draft;
  /** A stored ballot is being replaced: its passphrase stays, and the next step casts. */
  readonly replacing: boolean;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** The ballot in rank order, in words, with what is missing and a warning when it would change nothing. */
export function Review({ draft, replacing, onBack, onNext }: Props) {
  const { page, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const [anyway, setAnyway] = useState(false);
  const { counting } = paper.manifest;
  const nothing = noEffect(draft, counting);
  const unplaced = withoutPlace(draft);
  const names = listNames(unplaced.map(nameOf), page.lang);
  const missing = counting.unranked === 'last' ? t.reviewUnrankedLast : t.reviewUnranked;
  const only = tiersOf(draft).flat()[0];

  return (
    <div className="review">
      <Steps at={1} />
      <Heading>{t.reviewTitle}</Heading>
      <p className="sentence">{ballotSentence(draft, nameOf, t, page.lang, counting.unranked)}</p>
      <Paper draft={draft} />
      <p>
        {unplaced.length > 0
          ? plural(missing, unplaced.length, page.lang, { names })
          : noOpinion(draft).length === 0 && t.reviewAll}
      </p>
      {replacing && <p>{t.replaceSame}</p>}
      {nothing !== null && (
        <div className="note warn" role="alert">
          <h3>{t.noopTitle}</h3>
          <p>{fill(t.noop[nothing], { name: only === undefined ? '' : nameOf(only) })}</p>
          <label className="act check">
            <input type="checkbox" checked={anyway} onChange={(event) => setAnyway(event.target.checked)} />
            <span>{t.noopAnyway}</span>
          </label>
        </div>
      )}
      <div className="bar">
        <div className="row-of-buttons">
          <button type="button" className="button quiet" onClick={onBack}>
            {t.change}
          </button>
          <button type="button" className="button" disabled={nothing !== null && !anyway} onClick={onNext}>
            {replacing ? t.castReplace : t.toPassphrase}
          </button>
        </div>
      </div>
    </div>
  );
}
