/** The one thing that an election needs now, from where it stands and what is published of it. */
import type { Instant } from '@elekto/election';
import type { ElectionOverview } from '../backend/model.ts';
import { alarmStep } from './alarms.ts';
import { publishedStep } from './published-step.ts';
import { step, type NextStep } from './step.ts';
import { formatRelative, formatUtc } from './time.ts';

/** What comes next for an officer of this election; what is wrong goes first. */
export function nextStep(election: ElectionOverview, now: Instant): NextStep {
  return alarmStep(election, now) ?? dueStep(election, now);
}

function dueStep(election: ElectionOverview, now: Instant): NextStep {
  const { stage, openTies, openExceptions: n, opensAt, closesAt } = election;
  if ((stage === 'upcoming' || stage === 'open') && n > 0) {
    return step('requests', 'warn', { n, until: formatUtc(election.exceptionsDueAt) }, { tab: 'exceptions' });
  }
  switch (stage) {
    case 'upcoming':
      return step('rehearse', 'info', { opens: formatRelative(opensAt, now) }, { tab: 'rehearsal' });
    case 'open':
      return step('runs', 'good', { end: formatUtc(closesAt) });
    case 'closed':
      return step('counting', 'info', {}, { tab: 'result' });
    case 'counted':
      return openTies !== null && openTies > 0
        ? step('tie', 'warn', { n: openTies }, { tab: 'result' })
        : publishedStep(election);
    case 'published':
    case 'held-elsewhere':
    case 'waiting':
    case 'damaged':
      return publishedStep(election);
  }
}
