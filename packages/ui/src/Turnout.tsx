import { numeral, say, turnoutPercent, turnoutShare } from '@elekto/words';
import type { PictureLang } from './words.ts';

export interface TurnoutProps {
  readonly eligible: number;
  /** Null when it may not be shown or is not known. */
  readonly cast: number | null;
  readonly lang: PictureLang;
}

/** Eligible, cast and their share, as numbers with a bar. */
export function Turnout({ eligible, cast, lang }: TurnoutProps) {
  const share = cast === null ? null : turnoutShare(cast, eligible, lang);
  const part = Math.min(100, turnoutPercent(cast ?? 0, eligible) ?? 0);
  return (
    <div className="turnout">
      <dl>
        <div>
          <dt>{say(lang, 'turnout', 'eligible')}</dt>
          <dd>{numeral(eligible, lang)}</dd>
        </div>
        <div>
          <dt>{say(lang, 'turnout', 'cast')}</dt>
          {cast === null ? (
            <dd className="unknown">{say(lang, 'turnout', 'unknown')}</dd>
          ) : (
            <dd>{numeral(cast, lang)}</dd>
          )}
        </div>
        {share !== null && (
          <div>
            <dt>{say(lang, 'turnout', 'turnout')}</dt>
            <dd>{share}</dd>
          </div>
        )}
      </dl>
      {share !== null && (
        <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect className="all" width="100" height="2" />
          <rect className="part" width={part} height="2" />
        </svg>
      )}
    </div>
  );
}
