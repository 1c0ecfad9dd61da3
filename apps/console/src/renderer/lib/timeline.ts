/** The life of an election, moment by moment, from its dates, where it stands, and what was recorded of it. */
import { hasEnded } from '@elekto/election';
import type { Instant } from '@elekto/election';
import { phrase } from '@elekto/words';
import type { AuditEvent, ElectionOverview } from '../backend/model.ts';
import { asOf } from './phase.ts';
import texts from '../texts/timeline.json' with { type: 'json' };

export type MomentState = keyof typeof texts.states;

export interface Moment {
  readonly code: keyof typeof texts.moments;
  readonly state: MomentState;
  readonly title: string;
  /** Null where no moment is fixed. */
  readonly at: Instant | null;
  /** The officer who did it; null when the server or the clock did. */
  readonly by: string | null;
}

/**
 * What has been, is due and will be, in order. Voting opens at its start, by the clock: nothing here tells when
 * somebody voted. `nominationsEndAt`: where the files have a deadline for candidates.
 */
export function timelineOf(
  election: ElectionOverview,
  record: readonly AuditEvent[],
  clock: Instant,
  nominationsEndAt: Instant | null = null,
): readonly Moment[] {
  const { exceptionsDueAt, opensAt, closesAt, stage } = election;
  const now = asOf(election, clock);
  const dated = [
    ...before(election, now, nominationsEndAt),
    moment('exceptions-due', now > exceptionsDueAt ? 'done' : 'coming', exceptionsDueAt),
    moment('opens', now < opensAt ? 'coming' : stage === 'waiting' ? 'late' : 'done', opensAt),
    ...recorded(record, 'voting-restarted', 'restarted'),
    moment('closes', hasEnded(election, now) ? 'done' : 'coming', closesAt),
  ].sort((a, b) => (a.at ?? now) - (b.at ?? now));
  if (stage === 'held-elsewhere' || election.imported) return [...dated, moment('elsewhere', 'done', null)];
  return [
    ...dated,
    countedMoment(election, record, now),
    ...recorded(record, 'tie-decided', 'tie-decided'),
    ...((election.openTies ?? 0) > 0 ? [moment('tie', 'now', null)] : []),
    publishedMoment(election, record),
  ];
}

/** From the folder to the opening. Whether there was a rehearsal is nothing to say any more once people vote. */
function before(
  { seenAt, rehearsed, opensAt }: ElectionOverview,
  now: Instant,
  nominationsEndAt: Instant | null,
): Moment[] {
  return [
    ...(seenAt === null ? [] : [moment('seen', 'done', seenAt)]),
    ...(rehearsed === null ? [] : [moment('rehearsed', 'done', rehearsed.at, { by: rehearsed.by })]),
    ...(rehearsed === null && now < opensAt ? [moment('rehearsed', 'coming', null)] : []),
    ...(nominationsEndAt === null
      ? []
      : [moment('nominations-end', now < nominationsEndAt ? 'coming' : 'done', nominationsEndAt)]),
    moment('nominations', now < opensAt ? 'coming' : 'done', opensAt),
  ];
}

/** The word for each state. */
export const STATE_WORDS: Readonly<Record<MomentState, string>> = texts.states;

function moment(
  code: Moment['code'],
  state: MomentState,
  at: Instant | null,
  { by = null, said = state }: { readonly by?: string | null; readonly said?: string } = {},
): Moment {
  const words: Readonly<Record<string, string>> = texts.moments[code];
  return { code, state, title: phrase(words[said] ?? code, {}, 'en'), at, by };
}

const actorOf = ({ actor }: AuditEvent): string | null => (actor === 'server' ? null : actor);

const recorded = (record: readonly AuditEvent[], action: string, code: Moment['code']): Moment[] =>
  record
    .filter((event) => event.action === action)
    .map((event) => moment(code, 'done', event.at, { by: actorOf(event) }));

function countedMoment(
  { stage, trouble }: ElectionOverview,
  record: readonly AuditEvent[],
  now: Instant,
): Moment {
  const event = record.findLast(({ action, at }) => action.startsWith('counted') && at <= now);
  if (event !== undefined) return moment('counted', 'done', event.at, { by: actorOf(event) });
  if (stage === 'damaged' || (stage === 'closed' && trouble !== null)) return moment('counted', 'late', null);
  if (stage === 'counted' || stage === 'published') return moment('counted', 'done', null);
  return moment('counted', stage === 'closed' ? 'now' : 'coming', null);
}

function publishedMoment(
  { stage, openTies, published }: ElectionOverview,
  record: readonly AuditEvent[],
): Moment {
  const event = record.findLast(({ action }) => action === 'published');
  const at = event?.at ?? null;
  if (published.state === 'superseded' || published.state === 'disputed')
    return moment('published', 'late', null);
  if (published.state === 'signed') return moment('published', 'done', at);
  if (stage === 'published' && event !== undefined)
    return moment('published', 'done', at, { by: actorOf(event), said: 'marked' });
  return moment('published', stage === 'counted' && !openTies ? 'now' : 'coming', null);
}
