import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import { notRanked, tiersOf } from './ranking.ts';
import type { Draft } from './ranking.ts';

/** More than so many without a place are folded away: what a ballot says comes first, and casting it after. */
const FOLDED = 12;

/** A filled-in ballot to read: numbered places, ties in a bracket, who is not ranked in a tray. */
export function Paper({ draft }: { readonly draft: Draft }) {
  const { page, nameOf } = useBallot();
  const t = page.texts.ballot;
  const rest = notRanked(draft);
  const lang = page.data.contentLang;
  const names = (
    <ul className="names" lang={lang}>
      {rest.map((id) => (
        <li key={id}>{nameOf(id)}</li>
      ))}
    </ul>
  );
  return (
    <div className="paper still">
      <ol className="tiers">
        {tiersOf(draft).map((tier, i) => (
          <li key={i} className={tier.length > 1 ? 'tier tie' : 'tier'}>
            <span className="tier-no">
              <span className="vh">{fill(t.placeHeading, { n: i + 1 })}</span>
              <span aria-hidden="true">{i + 1}</span>
            </span>
            <div className="tier-body">
              {tier.length > 1 && <p className="tie-label">{t.tied}</p>}
              <ul className="names" lang={lang}>
                {tier.map((id) => (
                  <li key={id}>{nameOf(id)}</li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <div className="tray none">
          {rest.length > FOLDED ? (
            <details>
              <summary className="area">
                {t.notRanked}: {rest.length}
              </summary>
              {names}
            </details>
          ) : (
            <>
              <h3 className="area">{t.notRanked}</h3>
              {names}
            </>
          )}
        </div>
      )}
    </div>
  );
}
