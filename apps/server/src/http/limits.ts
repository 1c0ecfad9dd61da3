/**
 * Rate limits, by account and by address. Kept in memory and nowhere else: a table of who called when would
 * be the very thing that the ballot box takes care not to have. (Attempts at a passphrase, the one limit that
 * guards a secret, are counted by the ballot box in the database as well, across replicas.)
 */
import type { LimitName, RateLimiter } from '@elekto/api';

export type ServerLimit = LimitName | 'sign-in' | 'webhook';

interface Limit {
  readonly perPerson: number;
  /** Whole teams vote from behind one address. */
  readonly perAddress: number;
  readonly windowSeconds: number;
}

export type Limits = Readonly<Record<ServerLimit, Limit>>;

export const DEFAULT_LIMITS: Limits = {
  read: { perPerson: 600, perAddress: 6000, windowSeconds: 60 },
  cast: { perPerson: 20, perAddress: 1200, windowSeconds: 60 },
  passphrase: { perPerson: 20, perAddress: 300, windowSeconds: 60 },
  exception: { perPerson: 5, perAddress: 60, windowSeconds: 60 },
  officer: { perPerson: 600, perAddress: 3000, windowSeconds: 60 },
  'sign-in': { perPerson: 20, perAddress: 300, windowSeconds: 60 },
  webhook: { perPerson: 120, perAddress: 120, windowSeconds: 60 },
};

/** More entries than this are never kept: an attacker with many addresses fills no memory. */
const MOST_ENTRIES = 50_000;

export interface ServerLimiter extends RateLimiter {
  take(limit: ServerLimit, who: readonly string[]): Promise<number | null>;
}

export function createLimiter(
  limits: Limits = DEFAULT_LIMITS,
  clock: () => number = Date.now,
): ServerLimiter {
  const windows = new Map<string, { count: number; readonly endsAt: number }>();

  /** Windows stand in the order in which they began, so what is over, or must go, is in front. */
  function prune(now: number): void {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > now && windows.size < MOST_ENTRIES) break;
      windows.delete(key);
    }
  }

  return {
    take(name, who) {
      const limit = limits[name];
      const now = clock();
      prune(now);
      let wait: number | null = null;
      for (const one of who) {
        const key = `${name} ${one}`;
        const most = one.startsWith('person:') ? limit.perPerson : limit.perAddress;
        let window = windows.get(key);
        if (!window || window.endsAt <= now) {
          window = { count: 0, endsAt: now + limit.windowSeconds * 1000 };
          windows.delete(key);
          windows.set(key, window);
        }
        window.count += 1;
        if (window.count > most) wait = Math.max(wait ?? 0, Math.ceil((window.endsAt - now) / 1000));
      }
      return Promise.resolve(wait);
    },
  };
}
