import { numeral, turnoutShare } from '@elekto/words';
import type { Turnout } from '../../backend/model.ts';
import { formatUtc } from '../../lib/time.ts';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { TableScroll } from '../../parts/TableScroll.tsx';

/** The picture's numbers as a table, for whoever reads rather than looks. */
export function TurnoutTable({ turnout }: { turnout: Turnout }) {
  return (
    <FoldedPart title="Show as a table">
      <TableScroll label="Turnout">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Until</th>
              <th scope="col" className="number">
                Ballots
              </th>
              <th scope="col" className="number">
                Of the roll
              </th>
            </tr>
          </thead>
          <tbody>
            {turnout.buckets.map(({ at, cast }) => (
              <tr key={at}>
                <td>{formatUtc(at)}</td>
                <td className="number">{numeral(cast, 'en')}</td>
                <td className="number">{turnoutShare(cast, turnout.eligible, 'en') ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </FoldedPart>
  );
}
