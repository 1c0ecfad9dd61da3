import { numeral } from '@elekto/words';
import type { Reasons } from '../../lib/reasons.ts';
import { TableScroll } from '../../parts/TableScroll.tsx';

/** How many people each rule puts on a roll. */
export function RuleTable({ rules }: Pick<Reasons, 'rules'>) {
  return (
    <TableScroll label="People by rule">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className="number">
              People
            </th>
            <th scope="col" className="number">
              By this rule alone
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ rule, people, alone }) => (
            <tr key={rule}>
              <td>{rule}</td>
              <td className="number">{numeral(people, 'en')}</td>
              <td className="number">{numeral(alone, 'en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
