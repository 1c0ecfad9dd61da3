/** How far the database's clock is off that of hosts elsewhere, looked at now and then for who watches. */
import type { Instant } from '@elekto/election';

import { timeOf } from '../sync/clock-guard.ts';

/** Ms by which the time `at`, of just now, differs from that of the host that is nearest to it; null when none answers. */
export async function clockOffset(at: Instant, hosts: readonly string[]): Promise<number | null> {
  const asked = performance.now();
  const times = (await Promise.all(hosts.map(timeOf))).filter((time) => time !== null);
  const now = at + performance.now() - asked;
  return times.length === 0 ? null : Math.min(...times.map((time) => Math.abs(time - now)));
}

export interface ClockWatch {
  /** Whole seconds; 0 until somebody could be asked. */
  seconds(): number;
  stop(): void;
}

const EVERY = 10 * 60_000;

/** Looks at once, and every ten minutes: whether anybody votes or not. */
export function watchClock(now: () => Promise<Instant>, hosts: readonly string[]): ClockWatch {
  let seconds = 0;
  const look = async (): Promise<void> => {
    const offset = await clockOffset(await now(), hosts);
    // The hosts' own answers are whole seconds.
    if (offset !== null) seconds = Math.floor(offset / 1000);
  };
  const again = (): void => void look().catch(() => undefined);
  again();
  const timer = setInterval(again, EVERY);
  timer.unref();
  return { seconds: () => seconds, stop: () => clearInterval(timer) };
}
