import type { ElectionResult } from '../../backend/model.ts';
import { formatUtc } from '../../lib/time.ts';
import { Panel } from '../../parts/Panel.tsx';

/** What lets anyone check that this result is the one of these ballots. */
export function Proof({ result }: { result: ElectionResult }) {
  const facts = [
    ['Closed', formatUtc(result.closedAt)],
    ['Definition', `commit ${result.manifest.sourceCommit}`],
    ['Manifest', result.manifestHash],
    ['Hash of the ballots', result.root],
    ['Signature', result.signature],
    ['Signed with', result.publicKey],
    ['Published', result.publishedAt === null ? 'Not yet' : formatUtc(result.publishedAt)],
  ] as const;
  return (
    <Panel title="Proof">
      <dl className="card-facts proof">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft reading no-print">
        With ballots.csv and results.json anyone can check this result:{' '}
        <code>elekto verify ballots.csv results.json</code>.
      </p>
    </Panel>
  );
}
