import { SESSION_LIFETIME } from '@elekto/db';
import type { Instant } from '@elekto/election';
import type { Known, Witness } from './witness.ts';

/** One sign-in of a person, with all tokens that follow each other in it. */
export interface SignIn {
  readonly userId: string;
  readonly startedAt: Instant;
  /** Says nothing of who it is; the same through all renewals. */
  readonly id: string;
}

/**
 * Which sign-ins have ended, whatever rows of sessions and accounts somebody puts back into the database. Known in the
 * secrets directory, so to all servers within a second.
 */
export interface EndedSignIns {
  hasEnded(signIn: SignIn): boolean;
  /** A sign-in of this person counts when it begins then or later; 0 when none of theirs was ever ended. */
  earliest(userId: string): Instant;
  /** Ends this one. In the file when it returns, on disk within a second. */
  end(signIn: SignIn, at: Instant): void;
  /** Ends all of these people that have begun until `at`; of everybody without `userIds`. On disk when it returns. */
  endAll(at: Instant, userIds?: readonly string[]): void;
}

const DAY = 24 * 60 * 60 * 1000;
/** After so long, ms, no row of a session from before counts by itself: it lasts to the end of a day, and clocks differ. */
const REMEMBERED = SESSION_LIFETIME + 2 * DAY;
/** Stands where facts have the id of an election. */
const PLACE = 'sign-ins';
const EVERYBODY = 'everybody';
const personItem = (userId: string): string => `person ${userId}`;
const ONE = 'one ';

export function endedSignIns(witness: Witness): EndedSignIns {
  const version = (known: Known, item: string): number => known.version(PLACE, item);
  const until = (userId: string): Instant => {
    const known = witness.known();
    return Math.max(version(known, personItem(userId)), version(known, EVERYBODY));
  };
  const note = (at: Instant, items: readonly { item: string; version: number }[], durable: boolean): void => {
    witness.drop(PLACE, (item, noted) => (item.startsWith(ONE) ? noted : noted + REMEMBERED) <= at);
    const facts = items.map((each) => ({ election: PLACE, tag: '', ...each }));
    witness.note(facts, durable);
  };
  return {
    hasEnded: ({ userId, startedAt, id }) =>
      startedAt <= until(userId) || version(witness.known(), ONE + id) > 0,
    earliest(userId) {
      const ended = until(userId);
      return ended === 0 ? 0 : ended + 1;
    },
    // The day until which it is remembered, and not the moment at which somebody left.
    end: ({ id }, at) =>
      note(at, [{ item: ONE + id, version: Math.ceil((at + REMEMBERED) / DAY) * DAY }], false),
    endAll: (at, userIds) =>
      note(
        at,
        (userIds?.map(personItem) ?? [EVERYBODY]).map((item) => ({ item, version: at })),
        true,
      ),
  };
}
