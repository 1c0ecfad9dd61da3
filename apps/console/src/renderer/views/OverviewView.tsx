import { numeral } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { formatRoute } from '../lib/route.ts';
import { useNow } from '../lib/server-clock.ts';
import { stepsOf } from '../lib/next-step.ts';
import { turnoutTold } from '../lib/phase.ts';
import { Facts } from '../parts/Facts.tsx';
import { NeedsYou } from './home/NeedsYou.tsx';
import { Problems } from './home/Problems.tsx';
import { FoldedPart } from '../parts/FoldedPart.tsx';
import { AddCandidates } from './overview/AddCandidates.tsx';
import { PutBack } from './overview/PutBack.tsx';
import { Timeline } from './overview/Timeline.tsx';
import { Plan } from './plan/Plan.tsx';

/** Where the election stands, what is wrong with its files, and its life from the files to the result. */
export function OverviewView({ election }: { election: ElectionOverview }) {
  const { key, seats, candidates, requestsDue, eligible } = election;
  const now = useNow();
  const steps = stepsOf(election, now);
  const to = (tab: 'turnout' | 'exceptions' | 'roll'): string => formatRoute({ page: 'election', key, tab });
  return (
    <>
      <Facts
        items={[
          ['Seats', seats],
          ['Candidates', candidates],
          [
            'On the voter roll',
            <a key="roll" href={to('roll')}>
              {numeral(eligible, 'en')}
            </a>,
          ],
          [
            'Ballots cast',
            <a key="turnout" href={to('turnout')}>
              {turnoutTold(election)}
            </a>,
          ],
          [
            'Requests waiting',
            <a key="exceptions" href={to('exceptions')}>
              {numeral(requestsDue, 'en')}
            </a>,
          ],
        ]}
      />
      {election.wouldWait === 'no-candidates' || election.wouldWait === 'none-of-the-above-missing' ? (
        <AddCandidates election={election} />
      ) : null}
      <NeedsYou title="Also" waiting={steps.slice(1).map((step) => ({ election, step }))} />
      {steps.some(({ code }) => code === 'drift') ? <PutBack election={election} /> : null}
      <Problems elections={[election]} others={[]} />
      <Timeline election={election} />
      <FoldedPart title="What to do when">
        <Plan election={election} />
      </FoldedPart>
    </>
  );
}
