import type { Election, Instant, Phase } from './model.ts';

type Dates = Pick<Election, 'opensAt' | 'closesAt'>;

/** Whether the end has passed, which is the last moment at which somebody may vote. */
export const hasEnded = ({ closesAt }: Pick<Election, 'closesAt'>, now: Instant): boolean => now > closesAt;

/** The phase at an instant; both ends are inclusive. */
export function phaseAt(election: Dates, now: Instant): Phase {
  if (now < election.opensAt) return 'upcoming';
  return hasEnded(election, now) ? 'ended' : 'open';
}

/** Whether an exception may still be requested: until the deadline, inclusive, and never after the end. */
export function acceptsExceptions(
  election: Dates & Pick<Election, 'exceptionsDueAt'>,
  now: Instant,
): boolean {
  return now <= election.exceptionsDueAt && !hasEnded(election, now);
}

/**
 * The first instant after `now` at which a page about these elections would read differently: a start,
 * the millisecond after an end, the millisecond after an exception deadline, the window of nominations. Null when there is none.
 */
export function nextChangeAt(
  elections: Iterable<Dates & Pick<Election, 'exceptionsDueAt' | 'nominations'>>,
  now: Instant,
): Instant | null {
  let next: Instant | null = null;
  for (const election of elections) {
    const { nominations } = election;
    for (const at of [
      election.opensAt,
      election.closesAt + 1,
      election.exceptionsDueAt + 1,
      nominations?.opensAt ?? null,
      nominations === undefined ? null : nominations.closesAt + 1,
    ]) {
      if (at !== null && at > now && (next === null || at < next)) next = at;
    }
  }
  return next;
}
