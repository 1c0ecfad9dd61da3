/** Sign-in with GitHub, by passport. Of what GitHub answers, only the numeric id and the login are used; the token is dropped. */
import { Passport } from 'passport';
import { Strategy } from 'passport-github2';
import type { RequestHandler } from 'express';

import type { SignInSettings } from '../config/sign-in.ts';

import { PATIENCE, type SignInFlow } from './flow.ts';
import { accountOf, Untrusted, type ProviderAccount } from './provider-account.ts';
import { passportStore, type StateStore } from './state-store.ts';

export function createGitHubFlow(
  settings: SignInSettings,
  callbackUrl: string,
  store: StateStore,
): SignInFlow {
  const passport = new Passport();
  const options = {
    clientID: settings.clientId,
    clientSecret: settings.clientSecret,
    callbackURL: callbackUrl,
    authorizationURL: `${settings.url}/login/oauth/authorize`,
    tokenURL: `${settings.url}/login/oauth/access_token`,
    userProfileURL: `${settings.apiUrl}/user`,
    userAgent: 'elekto',
    // No scope: the public profile is all that is needed.
    scope: [],
  };
  // The published types know the state store of passport-oauth2 without PKCE only.
  const pkce: object = { store: passportStore(store), pkce: 'S256' };
  passport.use(
    new Strategy(
      { ...options, ...pkce },
      (
        _accessToken: string,
        _refreshToken: string,
        profile: unknown,
        done: (e: unknown, user?: ProviderAccount) => void,
      ) => {
        const { id, login } = (profile as { _json: { id: unknown; login: unknown } })._json;
        try {
          done(null, accountOf(Number.isSafeInteger(id) ? String(id) : null, login));
        } catch (error) {
          done(error);
        }
      },
    ),
  );

  return {
    wayBack: (req) => store.wayBack(req),
    begin: (req, res, next) => {
      (passport.authenticate('github', { session: false }) as RequestHandler)(req, res, next);
      return Promise.resolve(null);
    },
    finish: (req, res, next) =>
      new Promise((resolve) => {
        if (req.query['error'] === 'access_denied') return resolve({ kind: 'declined' });
        // Without a code passport would start over; here the browser comes back or does not.
        if (typeof req.query['code'] !== 'string' || typeof req.query['state'] !== 'string')
          return resolve({ kind: 'not-yours' });
        const timer = setTimeout(() => resolve({ kind: 'failed', error: new Error('timeout') }), PATIENCE);
        const answered = (error: unknown, user: unknown, info: unknown): void => {
          clearTimeout(timer);
          if (error instanceof Untrusted) return resolve({ kind: 'untrusted', why: error.message });
          if (error) return resolve({ kind: 'failed', error });
          if (!user) return resolve({ kind: 'not-yours' });
          const way = (info as { state?: { next?: string } } | undefined)?.state?.next;
          resolve({ kind: 'signed-in', account: user as ProviderAccount, next: way ?? '/' });
        };
        (passport.authenticate('github', { session: false }, answered) as RequestHandler)(req, res, next);
      }),
  };
}
