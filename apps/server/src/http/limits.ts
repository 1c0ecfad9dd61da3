/**
 * Rate limits, by account and by address. Servers on one database count together, so that a second server is
 * no second helping; but only from a quarter of a limit on. Who does no more than people do is counted in memory
 * and nowhere else: a table of who called when would be the very thing that the ballot box takes care not to
 * have. docs/decisions/0005-limits-across-servers.md says why.
 * (Attempts at a passphrase, the one limit that guards a secret, are counted by the ballot box as well.)
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
  // Files of some megabytes each.
  board: { perPerson: 60, perAddress: 300, windowSeconds: 60 },
  'sign-in': { perPerson: 20, perAddress: 300, windowSeconds: 60 },
  webhook: { perPerson: 120, perAddress: 120, windowSeconds: 60 },
};

/** More entries than this are never kept: an attacker with many addresses fills no memory. */
const MOST_ENTRIES = 50_000;
/** This part of a limit each server grants without telling the others. */
const UNTOLD = 1 / 4;

/** What servers count together. */
export interface SharedCount {
  /** Adds `uses`; all uses in the window so far, and the seconds to its end. */
  count(name: string, uses: number, windowSeconds: number): Promise<{ total: number; secondsLeft: number }>;
}

export interface ServerLimiter extends RateLimiter {
  take(limit: ServerLimit, who: readonly string[]): Promise<number | null>;
}

export interface LimiterParts {
  readonly clock?: () => number;
  /** Null, or absent, for a server that is alone. */
  readonly shared?: SharedCount | null;
}

interface Window {
  count: number;
  /** Of `count`, what the others know of. */
  told: number;
  /** Refused until then, whatever is counted here. */
  heldUntil: number;
  readonly endsAt: number;
}

export function createLimiter(
  limits: Limits = DEFAULT_LIMITS,
  { clock = Date.now, shared = null }: LimiterParts = {},
): ServerLimiter {
  const windows = new Map<string, Window>();

  /** Windows stand in the order in which they began, so what is over, or must go, is in front. */
  function prune(now: number): void {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > now && windows.size < MOST_ENTRIES) break;
      windows.delete(key);
    }
  }

  function windowOf(key: string, now: number, seconds: number): Window {
    const known = windows.get(key);
    if (known && known.endsAt > now) return known;
    const fresh = { count: 0, told: 0, heldUntil: 0, endsAt: now + seconds * 1000 };
    windows.delete(key);
    windows.set(key, fresh);
    return fresh;
  }

  /** Whole seconds to wait, or null. */
  async function takeOne(key: string, most: number, seconds: number): Promise<number | null> {
    const now = clock();
    const window = windowOf(key, now, seconds);
    window.count += 1;
    const until = window.count > most ? window.endsAt : window.heldUntil;
    if (until > now) return Math.ceil((until - now) / 1000);
    if (shared === null || window.count <= Math.floor(most * UNTOLD)) return null;
    const untold = window.count - window.told;
    window.told = window.count;
    try {
      const { total, secondsLeft } = await shared.count(key, untold, seconds);
      if (total <= most) return null;
      window.heldUntil = now + secondsLeft * 1000;
      return secondsLeft;
    } catch {
      // Without the database nothing can be done to a ballot either; what was counted here still holds.
      window.told -= untold;
      return null;
    }
  }

  return {
    async take(name, who) {
      const { perPerson, perAddress, windowSeconds } = limits[name];
      prune(clock());
      const waits = await Promise.all(
        who.map((one) =>
          takeOne(`${name} ${one}`, one.startsWith('person:') ? perPerson : perAddress, windowSeconds),
        ),
      );
      const longest = Math.max(0, ...waits.map((wait) => wait ?? 0));
      return longest === 0 ? null : longest;
    },
  };
}
