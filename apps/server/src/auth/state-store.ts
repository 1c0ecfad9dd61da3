/**
 * A sign-in that is under way, kept by the browser that started it and by nobody else: a random state and nonce, the
 * PKCE verifier and the way back, sealed in a cookie of ten minutes that is cleared when it is used.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

import type { CookieJar } from '../http/cookies.ts';
import { safeNextPath } from '../http/next-path.ts';

import type { Seal } from './seal.ts';

const LIFETIME = 10 * 60;

export interface Pending {
  readonly state: string;
  /** Comes back within the provider's signed answer, where there is one. */
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
  readonly expiresAt: number;
}

export interface StateStore {
  /** Writes the cookie of a new sign-in. */
  start(req: Request, verifier: string): Pending;
  /** The sign-in that `state` ends in this browser, once; null when it is not this browser's, or too old. */
  take(req: Request, state: unknown): Pending | null;
  /** Where this browser's sign-in was to lead back to; `/` when none is going on. */
  wayBack(req: Request): string;
}

const equal = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

const random = (): string => randomBytes(24).toString('base64url');

export function createStateStore({
  jar,
  seal,
  origins = [],
}: {
  readonly jar: CookieJar;
  readonly seal: Seal;
  /** Further origins of our pages, to which a sign-in may lead back. */
  readonly origins?: readonly string[];
}): StateStore {
  /** This browser's own cookie: nobody else can have written it. */
  const pendingOf = (req: Request): Pending | null => {
    const sealed = seal.open(jar.read(req));
    const pending = sealed === null ? null : (JSON.parse(sealed) as Pending);
    return pending !== null && pending.expiresAt > Date.now() ? pending : null;
  };
  return {
    start(req, verifier) {
      const pending: Pending = {
        state: random(),
        nonce: random(),
        verifier,
        next: safeNextPath(req.query['next'], origins),
        expiresAt: Date.now() + LIFETIME * 1000,
      };
      if (req.res) jar.write(req.res, seal.seal(JSON.stringify(pending)), LIFETIME);
      return pending;
    },
    take(req, state) {
      const pending = pendingOf(req);
      if (req.res) jar.clear(req.res);
      return pending !== null && typeof state === 'string' && equal(state, pending.state) ? pending : null;
    },
    wayBack: (req) => pendingOf(req)?.next ?? '/',
  };
}

type Stored = (error: Error | null, state?: string) => void;
type Verified = (error: Error | null, ok: string | false, info: unknown) => void;

/** The same for passport-oauth2 with PKCE on, which counts the parameters. */
export const passportStore = (store: StateStore) => ({
  store(req: Request, verifier: string, _state: unknown, _meta: unknown, done: Stored): void {
    done(null, store.start(req, verifier).state);
  },
  verify(req: Request, state: string, _meta: unknown, done: Verified): void {
    const pending = store.take(req, state);
    if (pending === null) return done(null, false, { message: 'state' });
    done(null, pending.verifier, { next: pending.next });
  },
});
