/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
/**
 * Whether the clock that elections end by can be believed before something is done that cannot be undone. A clock
 * that jumps ahead would end an election, count it and destroy its keys. The time of hosts elsewhere, which every
 * HTTP answer carries, and the running of this process since it was last right tell a jump from the passing of time.
 */
import type { Instant } from '@elekto/election';

import { within } from '../within.ts';

export interface ClockParts {
  /** Addresses on other machines, any answer of which carries a date. */
  readonly hosts: readonly string[];
  /** The database's time at which an operator said that the clock is right; null when nobody did. */
  readonly accepted: () => Promise<Instant | null>;
}

/** Ms that clocks may differ: a page of a host may be as old, and nobody's election is shorter. */
const TOLERANCE = 5 * 60_000;
/** Ms for which a host's answer holds, for its own answer, and for an operator's word. */
const FRESH = 60_000;
const PATIENCE = 5000;
const WORD = 3_600_000;

/**
 * Why the time `at` of the database cannot be believed, for the operator; null when it can. Hosts are asked unless they
 * were within the last `fresh` ms; asked now and then, the running of this process tells when they cannot be reached.
 */
export type ClockGuard = (at: Instant, fresh?: number) => Promise<string | null>;

export const believeClock: ClockGuard = () => Promise.resolve(null);

export function guardClock({ hosts, accepted }: ClockParts): ClockGuard {
  /** A moment at which the clock was right, by the clock and by the running of this process. */
  let right: { readonly at: Instant; readonly ran: number } | null = null;
  const runsOn = (at: Instant): boolean =>
    right !== null && Math.abs(at - right.at - (performance.now() - right.ran)) < TOLERANCE;

  return async (at, fresh = FRESH) => {
    if (right !== null && runsOn(at) && performance.now() - right.ran < fresh) return null;
    const asked = performance.now();
    const times = (await Promise.all(hosts.map(timeOf))).filter((time) => time !== null);
    const now = at + performance.now() - asked;
    const agrees = times.some((time) => Math.abs(time - now) < TOLERANCE);
    if (agrees || (times.length === 0 && runsOn(now)) || (await isAccepted(now))) {
      right = { at: now, ran: performance.now() };
      return null;
    }
    return sentence(now, times);
  };

  async function isAccepted(now: Instant): Promise<boolean> {
    const said = await accepted();
    return said !== null && now > said - TOLERANCE && now < said + WORD;
  }
}

function sentence(now: Instant, times: readonly number[]): string {
  const by = new Date(now).toISOString();
  const others =
    times.length === 0
      ? 'no host elsewhere could be asked for the time'
      : `elsewhere it is ${new Date(times[0] ?? 0).toISOString()}`;
  return `nothing is ended for good: the clock of the database says ${by}, and ${others}. Set the clock right; where it is right, say so with: elekto clock accept`;
}

/** The time by the host of `url`, in whole seconds; null when it gives none. */
export async function timeOf(url: string): Promise<Instant | null> {
  try {
    const options = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) } as const;
    const answer = await within(PATIENCE, fetch(url, options));
    const time = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(time) ? null : time;
  } catch {
    return null;
  }
}
