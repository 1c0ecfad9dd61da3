import { turnoutShare } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { electedWords, pastWords } from '../../lib/home.ts';
import { formatRoute } from '../../lib/route.ts';
import { formatDayUtc } from '../../lib/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { StageBadge } from '../../parts/StageBadge.tsx';
import { TableScroll } from '../../parts/TableScroll.tsx';

/** What is over, newest first, with who was elected and how far that can be relied on. */
export function PastElections({ elections }: { elections: readonly ElectionOverview[] }) {
  if (elections.length === 0) return null;
  return (
    <Panel title="Past elections">
      <TableScroll label="Past elections">
        <table className="table past">
          <thead>
            <tr>
              <th scope="col">Election</th>
              <th scope="col">Closed</th>
              <th scope="col">Elected</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {elections.map((election) => {
              const { key, name, stage, closesAt } = election;
              const percent = turnoutShare(election.cast, election.eligible, 'en');
              return (
                <tr key={key}>
                  <th scope="row">
                    <a href={formatRoute({ page: 'election', key, tab: 'result' })}>{name}</a>
                    <br />
                    <StageBadge stage={stage} />
                  </th>
                  <td>
                    {formatDayUtc(closesAt)}
                    {percent === null ? null : (
                      <>
                        <br />
                        <span className="soft">{percent} voted</span>
                      </>
                    )}
                  </td>
                  <td className="wrap">{electedWords(election)}</td>
                  <td className="wrap">{pastWords(election)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}
