/** What a server that means harm, or is broken, can do to an officer's screen at most. */
import { STEERING } from '@elekto/election';
import { z } from 'zod';

/** Elections that are looked at; more are on no officer's desk. */
const MOST_ELECTIONS = 2_000;
/** As much of a name as systems show in a notification. */
const LONGEST_NAME = 80;
/** Requests of one election, as the badge may add them up. */
const MOST_REQUESTS = 100_000;

/** A name as it stands in a notification or a menu: one line, not longer than either shows. */
export function shownName(name: string): string {
  const letters = [
    ...name
      .slice(0, 4 * LONGEST_NAME)
      .replaceAll(STEERING, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  ];
  return letters.length <= LONGEST_NAME
    ? letters.join('')
    : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

const electionSchema = z.object({
  key: z.string().min(1).max(512),
  name: z.string().transform(shownName),
  phase: z.string().max(64),
  closesAt: z.number(),
  requestsDue: z
    .int()
    .min(0)
    .transform((n) => Math.min(n, MOST_REQUESTS)),
});

/** The part of `officer.elections` that notifications are made of, as far as it is shown. */
export const overviewSchema = z.object({
  now: z.number(),
  elections: z
    .array(z.unknown())
    .transform((all) => all.slice(0, MOST_ELECTIONS))
    .pipe(z.array(electionSchema)),
});
export type Overview = z.infer<typeof overviewSchema>;

/** Lets `most` through in any `withinMs`. */
export class Rate {
  readonly #most: number;
  readonly #withinMs: number;
  #past: number[] = [];

  constructor(most: number, withinMs: number) {
    this.#most = most;
    this.#withinMs = withinMs;
  }

  /** Whether one more may be at `now`, ms; it counts then. */
  take(now: number): boolean {
    this.#past = this.#past.filter((at) => at > now - this.#withinMs && at <= now);
    if (this.#past.length >= this.#most) return false;
    this.#past.push(now);
    return true;
  }
}
