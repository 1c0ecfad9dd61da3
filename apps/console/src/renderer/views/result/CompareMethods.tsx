import { useState } from 'react';
import type { ElectionResult } from '../../backend/model.ts';
import { list, nameOf, type Names } from '@elekto/words';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { compareMethods, type Compared } from './compare.ts';
import { TableScroll } from '../../parts/TableScroll.tsx';

interface Props {
  /** The ballots, in the format of ballots.csv. */
  readonly ballots: () => Promise<string>;
  readonly result: ElectionResult;
  readonly names: Names;
}

/** Who would be elected by every other method. */
export function CompareMethods({ ballots, result, names }: Props) {
  const [rows, setRows] = useState<readonly Compared[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = async (): Promise<void> => {
    setError(null);
    setRows([]);
    try {
      const csv = await ballots();
      for await (const row of compareMethods(csv, result)) setRows((before) => [...(before ?? []), row]);
    } catch (failure) {
      setError(failure);
    }
  };
  const pinned = result.outcome.method;
  return (
    <Panel title="By other methods" className="no-print">
      <p className="reading soft">
        For information only: this election is counted by the method that was fixed when it opened.
      </p>
      {error === null ? null : <ErrorNotice error={error} />}
      {rows === null ? (
        <Button onPress={() => void run()}>Count by every method</Button>
      ) : (
        <TableScroll label="Every method">
          <table className="table" aria-live="polite">
            <thead>
              <tr>
                <th scope="col">Method</th>
                <th scope="col">Elected</th>
                <th scope="col">First in order</th>
                <th scope="col">Same seats</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ method, title, outcome, problem }) => (
                <tr key={method}>
                  <th scope="row">
                    {title}
                    {method === pinned ? <span className="soft"> (this election)</span> : null}
                  </th>
                  {outcome === null ? (
                    <td colSpan={3} className="soft">
                      {problem}
                    </td>
                  ) : (
                    <>
                      <td>
                        {named(outcome.seats.elected, names)}
                        {outcome.seats.openTies
                          .filter(({ term }) => term === undefined)
                          .map(({ candidates }) => `; ${named(candidates, names)} tied`)}
                      </td>
                      <td>{named(outcome.places[0]?.candidates ?? [], names)}</td>
                      <td>
                        {sameSet(outcome.seats.elected, result.outcome.seats.elected)
                          ? '= Same'
                          : '≠ Differs'}
                      </td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Panel>
  );
}

const named = (ids: readonly string[], names: Names): string =>
  ids.length === 0
    ? 'Nobody'
    : list(
        ids.map((id) => nameOf(names, id)),
        'en',
      );

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));
