import { useState } from 'react';
import { numeral } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { useAudit, useOverview } from '../backend/queries.ts';
import { useHost } from '../host/host-context.ts';
import { fileName } from '../lib/file-name.ts';
import { recordCsv, recordJsonLines } from '../lib/record-files.ts';
import { Button } from '../parts/Button.tsx';
import { useAttempt } from '../parts/use-attempt.ts';
import { formatDenseUtc } from '../lib/time.ts';
import { Copyable } from '../parts/Copyable.tsx';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { RecordAlarm } from '../parts/RecordAlarm.tsx';
import { TableScroll } from '../parts/TableScroll.tsx';

/** The newest ones; a long record draws the others when they are asked for, and saves all of them. */
const MOST_SHOWN = 100;

/** What officers and the server did; nothing that a voter did. */
export function RecordView({ election }: { election: ElectionOverview }) {
  const audit = useAudit(election.key);
  const host = useHost();
  const { error, attempt } = useAttempt();
  const save = (name: string, text: string): Promise<void> => {
    const file = fileName(election.key, name);
    return attempt(async () => ((await host.saveFile(file, text)) === 'saved' ? `Saved ${file}` : null));
  };
  const [isWhole, setWhole] = useState(false);
  const problem = useOverview().data?.recordProblem ?? null;
  if (audit.error && !audit.data)
    return <ErrorNotice error={audit.error} again={() => void audit.refetch()} />;
  if (!audit.data) return <Loading what="the record" />;
  if (audit.data.length === 0) {
    return (
      <Notice tone="info" title="Nothing recorded yet">
        <p>
          Opening, closing, decisions and changes of the definition are written down here; a rehearsal is not.
        </p>
      </Notice>
    );
  }
  const shown = isWhole ? audit.data : audit.data.slice(-MOST_SHOWN);
  const before = audit.data.length - shown.length;
  return (
    <>
      <RecordAlarm problem={problem} />
      <p className="reading soft">
        What officers and the server did, each entry sealed with the hash of the one before. The numbers run
        over all elections of the server. What voters do is never recorded.
      </p>
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions exports">
        <Button onPress={() => void save('record.csv', recordCsv(audit.data))}>Save CSV</Button>
        <Button onPress={() => void save('record.jsonl', recordJsonLines(audit.data))}>
          Save JSON lines
        </Button>
      </div>
      {before === 0 ? null : (
        <p>
          <Button tone="quiet" onPress={() => setWhole(true)}>
            Show the {numeral(before, 'en')} entries before
          </Button>
        </p>
      )}
      <TableScroll label="Record">
        <table className="table record">
          <thead>
            <tr>
              <th scope="col" className="number">
                No.
              </th>
              <th scope="col">When (UTC)</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Detail</th>
              <th scope="col">Hash</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ seq, at, actor, action, detail, hash }) => (
              <tr key={seq}>
                <td className="number">{seq}</td>
                <td>{formatDenseUtc(at)}</td>
                <td>{actor}</td>
                <td>{action.replaceAll('-', ' ')}</td>
                <td className="wrap">{detail}</td>
                <td>
                  <Copyable what={`hash of entry ${seq}`} text={hash} shown={hash.slice(0, 10)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}
