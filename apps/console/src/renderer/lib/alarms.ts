/** What is wrong with an election, the gravest first: what stops it, then what is in its way. */
import type { Instant } from '@elekto/election';
import { say } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { part, step, type NextStep } from './step.ts';
import { formatRelative, formatUtc } from './time.ts';

type Trouble = NonNullable<ElectionOverview['trouble']>;

/** Empty when nothing is wrong. */
export function alarmSteps(election: ElectionOverview, now: Instant): NextStep[] {
  const { stage, trouble, waiting, closesAt } = election;
  if (stage === 'damaged') return [damaged(election.key)];
  const all = [
    trouble === null ? null : troubled(election, trouble, now),
    waiting === null
      ? null
      : step('waits', 'bad', { why: say('en', 'waiting', waiting), end: formatUtc(closesAt) }),
    ...(stage === 'upcoming' || stage === 'open' ? inTheWay(election) : []),
  ];
  return all.filter((each) => each !== null);
}

const inTheWay = (election: ElectionOverview): (NextStep | null)[] => [
  restartAsked(election),
  withdrawn(election),
  lostCandidate(election),
  unreadFiles(election),
  election.published.early ? step('early-result', 'warn') : null,
];

const damaged = (key: string): NextStep => step('damaged', 'bad', {}, commandFor('ballot-box-damaged', key));

/** What an operator types, by the code of the trouble; nothing where no command helps. */
function commandFor(code: string, key: string): Pick<NextStep, 'command'> {
  const command = part('command', code, { key });
  return command === null ? {} : { command };
}

function troubled({ key, name }: ElectionOverview, trouble: Trouble, now: Instant): NextStep {
  const { code, since, nextTryAt } = trouble;
  if (code === 'ballot-box-damaged') return damaged(key);
  const values = {
    name,
    done: part('done', trouble.step) ?? trouble.step,
    since: formatUtc(since),
    tried: nextTryAt > now ? formatRelative(nextTryAt, now) : 'now',
    why: part('trouble', code) ?? part('trouble', 'other', { code }) ?? code,
  };
  return step('stuck', 'bad', values, commandFor(code, key));
}

/** The first ballot fixes who stands: whoever's file cannot be read then is lost for this election. */
function lostCandidate({ diagnostics }: ElectionOverview): NextStep | null {
  const broken = diagnostics.find(
    ({ severity, file }) => severity === 'error' && /(?:^|\/)candidate-/i.test(file),
  );
  return broken === undefined
    ? null
    : step('lost-candidate', 'bad', { file: broken.file, message: broken.message });
}

const restartAsked = ({ restartAsked: asked }: ElectionOverview): NextStep | null =>
  asked === null ? null : step('restart-asked', 'warn', { by: asked.by }, { tab: 'turnout' });

function withdrawn({ withdrawals, closesAt }: ElectionOverview): NextStep | null {
  const names = withdrawals.filter(({ struck }) => !struck).map(({ name }) => name);
  const values = { names, end: formatUtc(closesAt) };
  return names.length === 0 ? null : step('withdrawn', 'warn', values, { tab: 'turnout' });
}

const unreadFiles = ({ staleSince }: ElectionOverview): NextStep | null =>
  staleSince === null ? null : step('unread-files', 'bad', { commit: staleSince.slice(0, 7) });
