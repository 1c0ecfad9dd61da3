import type { ElectionOverview, Overview } from '../backend/model.ts';
import { summarise, waitingFor } from '../lib/home.ts';
import { STAGE_ORDER, type Stage } from '../lib/phase.ts';
import { useNow } from '../lib/server-clock.ts';
import { Copyable } from '../parts/Copyable.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Panel } from '../parts/Panel.tsx';
import { RecordAlarm } from '../parts/RecordAlarm.tsx';
import texts from '../texts/home.json' with { type: 'json' };
import { ElectionCard } from './home/ElectionCard.tsx';
import { HeldShares } from './home/HeldShares.tsx';
import { NeedsYou } from './home/NeedsYou.tsx';
import { PastElections } from './home/PastElections.tsx';
import { Problems } from './home/Problems.tsx';

/** What says on a terminal, in a clone of the repository, what is wrong with its files. */
const LINT = 'elekto lint .';

const PAST: readonly Stage[] = ['published', 'held-elsewhere'];

/** All elections of the officer: what needs them, what runs and comes, what is broken in the files, what is over. */
export function HomeView({ elections, held, recordProblem, problems }: Overview) {
  const now = useNow();
  if (elections.length === 0) {
    return (
      <>
        <header className="page-head">
          <h1>My elections</h1>
        </header>
        <HeldShares held={held} />
        {problems.length > 0 ? (
          <Notice tone="bad" title={texts.unread.title}>
            <p className="reading">{texts.unread.text}</p>
          </Notice>
        ) : held.length > 0 ? null : (
          <Notice tone="info" title={texts.none.title}>
            <p className="reading">{texts.none.ask}</p>
            <p className="reading">
              {texts.none.merged} <Copyable what="command" text={LINT} className="command" />
            </p>
          </Notice>
        )}
        <Problems elections={[]} others={problems} />
      </>
    );
  }
  const waiting = waitingFor(elections, now);
  const isPast = ({ stage }: ElectionOverview): boolean => PAST.includes(stage);
  const past = elections.filter(isPast).sort((a, b) => b.closesAt - a.closesAt);
  const present = elections
    .filter((election) => !isPast(election))
    .sort((a, b) => STAGE_ORDER.indexOf(a.stage) - STAGE_ORDER.indexOf(b.stage) || a.closesAt - b.closesAt);
  return (
    <>
      <header className="page-head">
        <h1>My elections</h1>
        <p className="lead">{summarise(elections, waiting.length)}</p>
      </header>
      <RecordAlarm problem={recordProblem} />
      <HeldShares held={held} />
      <NeedsYou waiting={waiting} />
      {present.length === 0 ? null : (
        <Panel title="In progress and coming">
          <ul className="cards">
            {present.map((election) => (
              <li key={election.key}>
                <ElectionCard election={election} now={now} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Problems elections={present} others={problems} />
      <PastElections elections={past} />
    </>
  );
}
