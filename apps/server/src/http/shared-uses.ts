/** What servers on one database must know of each other's requests; a server alone keeps it in memory. */
import { countUses, forgetUses, takeOnce, type Database } from '@elekto/db';

import type { SharedCount } from './limits.ts';

export interface SharedUses {
  /** Null for a server that is alone. */
  readonly counts: SharedCount | null;
  /** True for the first who takes `name`, within `seconds`. */
  once(name: string, seconds: number): Promise<boolean>;
  stop(): void;
}

const FORGET_EVERY = 20_000;

export function sharedUses(db: Database): SharedUses {
  return db.shared ? together(db) : alone();
}

function alone(): SharedUses {
  const taken = new Map<string, number>();
  return {
    counts: null,
    once(name, seconds) {
      const now = performance.now();
      for (const [known, until] of taken) if (until < now) taken.delete(known);
      const first = !taken.has(name);
      if (first) taken.set(name, now + seconds * 1000);
      return Promise.resolve(first);
    },
    stop: () => undefined,
  };
}

function together(db: Database): SharedUses {
  // A database that does not answer now is asked again in a moment.
  const timer = setInterval(() => void forgetUses(db).catch(() => undefined), FORGET_EVERY);
  timer.unref();
  return {
    counts: { count: (name, uses, windowSeconds) => countUses(db, { name, uses, windowSeconds }) },
    once: (name, seconds) => takeOnce(db, `once ${name}`, seconds),
    stop: () => clearInterval(timer),
  };
}
