import type { ElectionOverview } from '../backend/model.ts';
import { STAGE_ORDER, stageOf } from '../lib/phase.ts';
import { useNow } from '../lib/server-clock.ts';
import { Notice } from '../parts/Notice.tsx';
import { ElectionCard } from './home/ElectionCard.tsx';

/** All elections of the officer, those that need something first. */
export function HomeView({ elections }: { elections: readonly ElectionOverview[] }) {
  const now = useNow();
  const sorted = [...elections].sort(
    (a, b) => STAGE_ORDER.indexOf(stageOf(a)) - STAGE_ORDER.indexOf(stageOf(b)) || b.closesAt - a.closesAt,
  );
  return (
    <>
      <header className="page-head">
        <h1>My elections</h1>
        <p className="lead">{summarise(elections)}</p>
      </header>
      {elections.length === 0 ? (
        <Notice tone="info" title="You are an officer of no election">
          <p>
            Ask an administrator to add your login under <code>election_officers</code> in an election&rsquo;s
            election.yaml. It shows up here as soon as that is merged.
          </p>
        </Notice>
      ) : (
        <ul className="cards">
          {sorted.map((election) => (
            <li key={election.key}>
              <ElectionCard election={election} now={now} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** "2 open, 1 to count, 3 exception requests waiting." */
export function summarise(elections: readonly ElectionOverview[]): string {
  const count = (stage: string): number => elections.filter((election) => stageOf(election) === stage).length;
  const waiting = elections.reduce((sum, { openExceptions }) => sum + openExceptions, 0);
  const parts = [
    [count('open'), 'open'],
    [count('to-close'), 'to count'],
    [count('counted'), 'to publish'],
    [waiting, waiting === 1 ? 'exception request waiting' : 'exception requests waiting'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return said.length === 0 ? 'Nothing needs you now.' : `${said.join(', ')}.`;
}
