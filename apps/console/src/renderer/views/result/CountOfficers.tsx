import type { CountBox } from '../../../shared/count.ts';
import { Copyable } from '../../parts/Copyable.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { TableScroll } from '../../parts/TableScroll.tsx';

/** The box, and who of the officers has done what. */
export function CountOfficers({ box }: { box: CountBox }) {
  const { ballots, boxHash, threshold, officers } = box;
  return (
    <>
      <Facts
        items={[
          ['Ballots in the box', ballots],
          ['It takes', `${threshold} of ${officers.length} officers`],
        ]}
      />
      <p className="reading">
        Box <Copyable what="hash of the box" text={`sha256:${boxHash}`} className="long-code" />
      </p>
      <TableScroll label="Officers of this count">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Officer</th>
              <th scope="col">Mix</th>
              <th scope="col">Decryption</th>
            </tr>
          </thead>
          <tbody>
            {officers.map(({ login, mixed, decrypted, own }) => (
              <tr key={login}>
                <th scope="row">
                  {login}
                  {own ? ' (you)' : ''}
                </th>
                <td>{mixed ? '\u2713 mixed' : '\u2013'}</td>
                <td>{decrypted ? '\u2713 decrypted' : '\u2013'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}
