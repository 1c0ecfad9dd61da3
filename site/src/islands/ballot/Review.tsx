import { normalisePassphrase } from '@elekto/protocol/voter';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { fill } from '../../texts/fill.ts';
import { Heading } from '../shared/Heading.tsx';
import { useBallot } from './context.ts';
import { Custody } from './Custody.tsx';
import { Paper } from './Paper.tsx';
import { Passphrase } from './Passphrase.tsx';
import type { Protection } from './Passphrase.tsx';
import { noEffect, notRanked, tiersOf } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { ballotSentence } from './sentence.ts';
import { Steps } from './Steps.tsx';
import { weaknessOf } from './weak-passphrase.ts';

interface Props {
  readonly draft: Draft;
  readonly protection: Protection;
  /** A stored ballot is being replaced: its passphrase stays. */
  readonly replacing: boolean;
  readonly onProtection: (protection: Protection) => void;
  readonly onAnother: () => void;
  readonly onBack: () => void;
  /** Casts; null: without a passphrase. */
  readonly onCast: (passphrase: string | null) => void;
}

/** The ballot in rank order and in words, what is missing, the key to it, and the button that casts it. */
export function Review(props: Props) {
  const { draft, protection, replacing, onProtection, onAnother, onBack, onCast } = props;
  const { page, nameOf, paper, login } = useBallot();
  const t = page.texts.ballot;
  const [anyway, setAnyway] = useState(false);
  const [wrong, setWrong] = useState<{ readonly field: 'own' | 'again'; readonly text: string } | null>(null);
  const { counting, representationLimit: limit } = paper.manifest;
  const nothing = noEffect(draft, counting);
  const left = notRanked(draft);
  const only = tiersOf(draft).flat()[0];

  const cast = (event: React.SubmitEvent) => {
    event.preventDefault();
    const fail = (field: 'own' | 'again', text: string) => {
      // The message and the focus come together.
      flushSync(() => setWrong({ field, text }));
      document.getElementById(`protect-${field}`)?.focus();
    };
    const { way, made, own, again } = protection;
    if (replacing || way === 'made') return onCast(made);
    if (way === 'none') return onCast(null);
    const weakness = weaknessOf(own, [login, page.data.name, page.data.key]);
    if (weakness !== null) return fail('own', t.weak[weakness]);
    if (normalisePassphrase(own) !== normalisePassphrase(again)) return fail('again', t.passphraseDiffers);
    onCast(own);
  };

  return (
    <form className="review" onSubmit={cast} noValidate>
      <Steps at={1} />
      <Heading>{t.reviewTitle}</Heading>
      <p className="sentence">{ballotSentence(draft, nameOf, t, page.lang, counting.unranked)}</p>
      <Paper draft={draft} />
      {left.length === 0 && <p>{t.reviewAll}</p>}
      {limit && <p className="soft">{fill(t.limit, { max: limit.max, field: limit.field })}</p>}
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
      <Custody />
      {replacing ? (
        <p>{t.replaceSame}</p>
      ) : (
        <Passphrase
          value={protection}
          onChange={(value) => {
            setWrong(null);
            onProtection(value);
          }}
          onAnother={onAnother}
          wrong={wrong}
        />
      )}
      <div className="bar">
        <div className="row-of-buttons">
          <button type="button" className="button quiet" onClick={onBack}>
            {t.change}
          </button>
          <button type="submit" className="button big" disabled={nothing !== null && !anyway}>
            {replacing ? t.castReplace : t.cast}
          </button>
        </div>
      </div>
    </form>
  );
}
