import type { Outcome } from '@elekto/tally';
import { nameOf, passedOverSentence, type Names } from '@elekto/words';
import { TableScroll } from '../../parts/TableScroll.tsx';

/** The field that limits seats, with each candidate's value in it. */
export interface LimitedBy {
  readonly field: string;
  readonly values: Readonly<Record<string, string>>;
}

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
  readonly limit: LimitedBy | null;
}

/** Places with ties bracketed, seats, and why somebody was passed over. */
export function Ranking({ outcome, names, limit }: Props) {
  const { elected } = outcome.seats;
  const name = (id: string): string => nameOf(names, id);
  const skipped = new Map(
    outcome.seats.skipped.map((each) => [each.candidate, passedOverSentence(outcome, each, names, 'en')]),
  );
  const tied = new Set(outcome.seats.openTies.flatMap(({ candidates }) => candidates));
  const field = limit?.field;
  const valueOf = (id: string): string => limit?.values[id] ?? '';
  return (
    <TableScroll label="Ranking">
      <table className="table ranking">
        <thead>
          <tr>
            <th scope="col" className="number">
              Place
            </th>
            <th scope="col">Candidate</th>
            {field === undefined ? null : (
              <th scope="col" className="field-name">
                {field}
              </th>
            )}
            <th scope="col" className="number">
              Beats
            </th>
            <th scope="col">Seat</th>
          </tr>
        </thead>
        <tbody>
          {outcome.places.flatMap(({ place, candidates }) =>
            candidates.map((id, index) => (
              <tr
                key={id}
                className={`${elected.includes(id) ? 'elected' : ''}${candidates.length > 1 ? ' in-tie' : ''}`}
              >
                {index === 0 ? (
                  <td className="number place" rowSpan={candidates.length}>
                    {place}
                    {candidates.length > 1 ? <span className="tie-word">tie</span> : null}
                  </td>
                ) : null}
                <th scope="row">
                  {name(id)} {name(id) === id ? null : <span className="soft">{id}</span>}
                </th>
                {field === undefined ? null : <td>{valueOf(id)}</td>}
                <td className="number">{outcome.relation[id]?.length ?? 0}</td>
                <td>{seatWord(id, elected, tied, skipped)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableScroll>
  );
}

function seatWord(
  id: string,
  elected: readonly string[],
  tied: ReadonlySet<string>,
  skipped: ReadonlyMap<string, string>,
): string {
  if (elected.includes(id)) return '■ Elected';
  const reason = skipped.get(id);
  if (reason !== undefined) return `↷ ${reason}`;
  return tied.has(id) ? '◇ Tied for a seat' : '';
}
