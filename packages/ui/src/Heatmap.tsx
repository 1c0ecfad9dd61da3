import type { Outcome } from '@elekto/tally';
import { PICTURE_TEXTS } from './texts.ts';
import { inResultOrder, MOST_IN_PICTURE, pairAnchor, cellSentence, put, signed } from './words.ts';
import { nameOf, type Names } from '@elekto/words';
import type { PictureLang } from './words.ts';

export interface HeatmapProps {
  readonly outcome: Outcome;
  readonly names: Names;
  readonly lang: PictureLang;
  /** Makes each cell a link to the explanation of its pair (`pairAnchor`); a focusable cell otherwise. */
  readonly linked?: boolean;
}

const STEPS = 5;

/**
 * The pairwise table as a picture: sign, number and colour in each cell, the candidates in the order of the
 * result. The sentence of a cell shows below the table while the cell is pointed at or has the focus.
 */
export function Heatmap({ outcome, names, lang, linked = false }: HeatmapProps) {
  const t = PICTURE_TEXTS[lang];
  const everyone = inResultOrder(outcome, names);
  const order = everyone.slice(0, MOST_IN_PICTURE);
  const votes = (a: string, b: string) => BigInt(outcome.pairwise[a]?.[b] ?? 0);
  let most = 1n;
  for (const a of order)
    for (const b of order) if (a !== b && votes(a, b) - votes(b, a) > most) most = votes(a, b) - votes(b, a);

  return (
    <figure className="heatmap">
      <figcaption>
        {t.heatmapCaption}
        {everyone.length > order.length &&
          `. ${put(t.heatmapCut, { n: order.length, m: everyone.length }, lang)}`}
      </figcaption>
      <div className="heatmap-scroll" tabIndex={0} role="group" aria-label={t.heatmapCaption}>
        <table aria-label={t.heatmapCaption}>
          <thead>
            <tr>
              <td className="corner" aria-hidden="true"></td>
              {order.map((id) => (
                <th scope="col" key={id}>
                  <span>{nameOf(names, id)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((a) => (
              <tr key={a}>
                <th scope="row">{nameOf(names, a)}</th>
                {order.map((b) => {
                  if (a === b) return <td className="self" key={b} aria-hidden="true"></td>;
                  const difference = votes(a, b) - votes(b, a);
                  const size = difference < 0n ? -difference : difference;
                  const step = size === 0n ? 0 : Number((size * BigInt(STEPS) + most - 1n) / most);
                  const kind = difference > 0n ? 'win' : difference < 0n ? 'loss' : 'even';
                  const inside = (
                    <>
                      <span aria-hidden="true">{signed(difference, lang)}</span>
                      <span className="say">{cellSentence(outcome, a, b, names, lang)}</span>
                    </>
                  );
                  return (
                    <td className={`${kind} i${step}`} key={b}>
                      {linked ? (
                        <a href={`#${pairAnchor(order, a, b)}`}>{inside}</a>
                      ) : (
                        <div className="cell" tabIndex={0} role="note">
                          {inside}
                        </div>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
