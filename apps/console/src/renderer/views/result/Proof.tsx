import { checkCommand } from '@elekto/words';
import type { ElectionResult } from '../../backend/model.ts';
import { formatUtc } from '../../lib/time.ts';
import { Copyable } from '../../parts/Copyable.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** What lets anyone check that this result is the one of these ballots. */
export function Proof({ result }: { result: ElectionResult }) {
  const facts = [
    ['Commit of the definition', result.manifest.sourceCommit],
    ['Manifest', result.manifestHash],
    ['Hash of the ballots', result.root],
    ['Signature', result.signature],
    ['Signed with', result.publicKey],
  ] as const;
  return (
    <Panel title="Proof">
      <dl className="card-facts proof">
        <div>
          <dt>Closed</dt>
          <dd>{formatUtc(result.closedAt)}</dd>
        </div>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Copyable what={name.toLowerCase()} text={value} />
            </dd>
          </div>
        ))}
        <div>
          <dt>Published</dt>
          <dd>{result.publishedAt === null ? 'Not yet' : formatUtc(result.publishedAt)}</dd>
        </div>
      </dl>
      <p className="soft reading no-print">
        With ballots.csv and results.json anyone can check this result: on the site&rsquo;s page Check a
        result, or in a copy of Elekto&rsquo;s programs:{' '}
        <Copyable what="command" text={checkCommand('verify', 'ballots.csv', 'results.json')} />
      </p>
    </Panel>
  );
}
