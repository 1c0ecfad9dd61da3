import { PICTURE_TEXTS } from './texts.ts';
import type { PictureLang } from './words.ts';

export interface TurnoutProps {
  readonly eligible: number;
  /** Null when it may not be shown or is not known. */
  readonly cast: number | null;
  readonly lang: PictureLang;
}

/** Eligible, cast and their share, as numbers with a bar. */
export function Turnout({ eligible, cast, lang }: TurnoutProps) {
  const t = PICTURE_TEXTS[lang];
  const share = cast === null || eligible === 0 ? null : Math.min(1, cast / eligible);
  const percent = (value: number) =>
    value.toLocaleString(lang, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <div className="turnout">
      <dl>
        <div>
          <dt>{t.eligible}</dt>
          <dd>{eligible.toLocaleString(lang)}</dd>
        </div>
        <div>
          <dt>{t.cast}</dt>
          {cast === null ? <dd className="unknown">{t.unknown}</dd> : <dd>{cast.toLocaleString(lang)}</dd>}
        </div>
        {share !== null && (
          <div>
            <dt>{t.turnout}</dt>
            <dd>{percent(share)}</dd>
          </div>
        )}
      </dl>
      {share !== null && (
        <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect className="all" width="100" height="2" />
          <rect className="part" width={share * 100} height="2" />
        </svg>
      )}
    </div>
  );
}
