/**
 * passport-oauth2's state, kept by the browser that started the sign-in and by nobody else: a random state,
 * the PKCE verifier and the way back, sealed in a cookie of ten minutes that is cleared when it is used.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

import type { CookieJar } from '../http/cookies.ts';
import { safeNextPath } from '../http/next-path.ts';

import type { Seal } from './seal.ts';

const LIFETIME = 10 * 60;

interface Pending {
  readonly state: string;
  readonly verifier: string;
  readonly next: string;
  readonly expiresAt: number;
}

type Stored = (error: Error | null, state?: string) => void;
type Verified = (error: Error | null, ok: string | false, info: unknown) => void;

/** The shape that passport-oauth2 calls with PKCE on; it counts the parameters. */
export interface StateStore {
  store(req: Request, verifier: string, state: unknown, meta: unknown, done: Stored): void;
  verify(req: Request, state: string, meta: unknown, done: Verified): void;
  /** Where this browser's sign-in was to lead back to; `/` when none is going on. */
  wayBack(req: Request): string;
}

const equal = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

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
    store(req, verifier, _state, _meta, done) {
      const pending: Pending = {
        state: randomBytes(24).toString('base64url'),
        verifier,
        next: safeNextPath(req.query['next'], origins),
        expiresAt: Date.now() + LIFETIME * 1000,
      };
      if (req.res) jar.write(req.res, seal.seal(JSON.stringify(pending)), LIFETIME);
      done(null, pending.state);
    },
    verify(req, state, _meta, done) {
      const pending = pendingOf(req);
      if (req.res) jar.clear(req.res);
      const good = pending !== null && typeof state === 'string' && equal(state, pending.state);
      if (!good) return done(null, false, { message: 'state' });
      done(null, pending.verifier, { next: pending.next });
    },
    wayBack: (req) => pendingOf(req)?.next ?? '/',
  };
}
