/** What an election needs now, from where it stands and what is published of it. */
import type { Instant } from '@elekto/election';
import type { ElectionOverview } from '../backend/model.ts';
import { alarmSteps } from './alarms.ts';
import { driftSentences } from './drift.ts';
import { publishedStep } from './published-step.ts';
import { step, type NextStep } from './step.ts';
import { formatAgo, formatRelative, formatSpan, formatUtc } from './time.ts';

/** The one thing that comes next for an officer of this election; what is wrong goes first. */
export const nextStep = (election: ElectionOverview, now: Instant): NextStep =>
  stepsOf(election, now)[0] ?? missingSteps(election, now)[0] ?? quietStep(election, now);

/** Everything that waits for an officer, the gravest first; empty when nothing does. */
export function stepsOf(election: ElectionOverview, now: Instant): readonly NextStep[] {
  const all = [
    ...alarmSteps(election, now),
    ...driftStep(election),
    ...dueSteps(election),
    ...custodySteps(election, now),
    ...missingSteps(election, now),
    ...(canRehearse(election) ? [quietStep(election, now)] : []),
  ];
  return [...all.filter(({ tone }) => tone === 'bad'), ...all.filter(({ tone }) => tone === 'warn')];
}

const isBeforeTheEnd = ({ stage }: ElectionOverview): boolean =>
  stage === 'upcoming' || stage === 'open' || stage === 'waiting';

function dueSteps(election: ElectionOverview): NextStep[] {
  if (!isBeforeTheEnd(election)) return [];
  const { toAdd, closesAt, requestsDue } = election;
  const waiting = { n: requestsDue, end: formatUtc(closesAt) };
  return [
    ...(waiting.n > 0 ? [step('requests', 'warn', waiting, { tab: 'exceptions' })] : []),
    ...(toAdd > 0 ? [step('to-add', 'warn', { n: toAdd }, { tab: 'roll' })] : []),
  ];
}

const DAY = 86_400_000;
/** Officers are told a week before the moment at which a rehearsal or their shares matter, and of shares again two days before. */
const SOON = 7 * DAY;
const LAST = 2 * DAY;

/** With nobody to vote for there is no rehearsal to be asked for. */
const canRehearse = ({ stage, candidates }: ElectionOverview): boolean =>
  stage !== 'upcoming' || candidates > 0;

/** Where what is missing is put right. */
const MISSING = {
  'no-candidates': { tab: 'overview' },
  'none-of-the-above-missing': { tab: 'overview' },
  'voters-missing': { tab: 'roll' },
  'voters-unreadable': { tab: 'roll' },
  'custody-not-ready': {},
} as const;

/** What its files have not: without it nothing opens, or nobody could vote. There is nothing to rehearse before that. */
function missingSteps({ stage, wouldWait, eligible, opensAt }: ElectionOverview, now: Instant): NextStep[] {
  if (stage !== 'upcoming') return [];
  const tone = opensAt - now <= SOON ? 'warn' : 'info';
  const values = { opens: formatUtc(opensAt), left: formatSpan(opensAt - now) };
  const isRollThere = wouldWait !== 'voters-missing' && wouldWait !== 'voters-unreadable';
  return [
    ...(wouldWait === null ? [] : [step(wouldWait, tone, values, MISSING[wouldWait])]),
    ...(isRollThere && eligible === 0 ? [step('nobody-on-roll', tone, values, { tab: 'roll' })] : []),
  ];
}

/** That fewer officers than it takes have shown that they hold their shares, before the opening and before the end. */
function custodySteps({ custody, stage, opensAt, closesAt }: ElectionOverview, now: Instant): NextStep[] {
  if (custody === null) return [];
  const { threshold, ready, alive } = custody;
  if (stage === 'upcoming' && ready < threshold && opensAt - now <= SOON) {
    const values = { ready, needed: threshold, opens: formatRelative(opensAt, now) };
    return [step('custody-few-ready', opensAt - now <= LAST ? 'bad' : 'warn', values)];
  }
  if (stage === 'open' && alive < threshold && closesAt - now <= SOON) {
    const values = { alive, needed: threshold, ends: formatRelative(closesAt, now) };
    return [step('custody-not-alive', 'warn', values, { tab: 'result' })];
  }
  return [];
}

/**
 * Said as long as the result is not published: nothing of it holds, and the public is told. Not of a withdrawal, which an
 * officer confirms instead of putting the files back.
 */
function driftStep({ drift: all, driftNames, stage }: ElectionOverview): NextStep[] {
  const drift = all.filter(({ code }) => code !== 'candidates-withdrawn');
  return drift.length > 0 && (stage === 'open' || stage === 'closed' || stage === 'counted')
    ? [step('drift', 'warn', { drift: driftSentences({ drift, driftNames }).join(' ') }, { tab: 'overview' })]
    : [];
}

/** Where it stands by itself. */
function quietStep(election: ElectionOverview, now: Instant): NextStep {
  const { stage, openTies, closesAt, custody } = election;
  switch (stage) {
    case 'upcoming':
      return upcomingStep(election, now);
    case 'open':
      return step('runs', 'good', { end: formatUtc(closesAt) });
    case 'closed':
      return custody === null
        ? step('counting', 'info', {}, { tab: 'result' })
        : step('officers-count', 'warn', {}, { tab: 'result' });
    case 'counted':
      return openTies !== null && openTies > 0 ? tieStep(election, openTies) : publishedStep(election);
    case 'published':
    case 'held-elsewhere':
    case 'waiting':
    case 'damaged':
      return publishedStep(election);
  }
}

function tieStep({ tieProposed }: ElectionOverview, n: number): NextStep {
  const where = { tab: 'result' } as const;
  if (tieProposed === null) return step('tie', 'warn', { n }, where);
  if (tieProposed.own) return step('tie-waits', 'info', {}, where);
  return step('tie-proposed', 'warn', { by: tieProposed.by }, where);
}

function upcomingStep({ opensAt, rehearsed }: ElectionOverview, now: Instant): NextStep {
  const opens = formatUtc(opensAt);
  const where = { tab: 'rehearsal' } as const;
  const when = { opens, left: formatSpan(opensAt - now) };
  const tone = opensAt - now <= SOON ? 'warn' : 'info';
  if (rehearsed === null) return step('rehearse', tone, when, where);
  const values = { ...when, rehearsed: formatAgo(rehearsed.at, now) };
  return rehearsed.changed
    ? step('rehearse-anew', tone, values, where)
    : step('rehearsed', 'good', values, where);
}
