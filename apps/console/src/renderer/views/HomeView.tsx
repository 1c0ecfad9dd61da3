import type { ElectionOverview, Overview } from '../backend/model.ts';
import { STAGE_ORDER, type Stage } from '../lib/phase.ts';
import { useNow } from '../lib/server-clock.ts';
import { Notice } from '../parts/Notice.tsx';
import { RecordAlarm } from '../parts/RecordAlarm.tsx';
import { ElectionCard } from './home/ElectionCard.tsx';

/** All elections of the officer, those that need something first. */
export function HomeView({ elections, recordProblem }: Overview) {
  const now = useNow();
  const sorted = [...elections].sort(
    (a, b) => STAGE_ORDER.indexOf(a.stage) - STAGE_ORDER.indexOf(b.stage) || b.closesAt - a.closesAt,
  );
  return (
    <>
      <header className="page-head">
        <h1>My elections</h1>
        <p className="lead">{summarise(elections)}</p>
      </header>
      <RecordAlarm problem={recordProblem} />
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
  const count = (...stages: Stage[]): number =>
    elections.filter(({ stage }) => stages.includes(stage)).length;
  const stuck = elections.filter(({ stage, trouble }) => stage === 'damaged' || trouble !== null).length;
  const waiting = elections.reduce((sum, { openExceptions }) => sum + openExceptions, 0);
  const parts = [
    [stuck, 'in trouble'],
    [count('waiting'), 'not open although due'],
    [count('open'), 'open'],
    [count('closed'), 'to count'],
    [count('counted'), 'to publish'],
    [waiting, waiting === 1 ? 'exception request waiting' : 'exception requests waiting'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return said.length === 0 ? 'Nothing needs you now.' : `${said.join(', ')}.`;
}
