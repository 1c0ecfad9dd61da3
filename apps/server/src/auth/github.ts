/** Sign-in with GitHub, by passport. Of what GitHub answers, only the numeric id and the login are used; the token is dropped. */
import { Passport } from 'passport';
import { Strategy } from 'passport-github2';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

import type { GitHubSignIn } from '../config/git-hub.ts';

import type { StateStore } from './state-store.ts';

export interface GitHubAccount {
  readonly account: string;
  readonly login: string;
}

/** GitHub must answer within this, or the sign-in is given up. */
const PATIENCE = 15_000;

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly account: GitHubAccount; readonly next: string }
  /** The person said no at GitHub. */
  | { readonly kind: 'declined' }
  /** The state is missing, old, used, or another browser's. */
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'gitHub-failed'; readonly error: unknown };

export interface GitHubFlow {
  /** Sends the browser to GitHub. */
  begin: RequestHandler;
  /** Takes the browser back from GitHub. */
  finish(req: Request, res: Response, next: NextFunction): Promise<SignInOutcome>;
  /** Where the sign-in that is going on in this browser was to lead back to. */
  wayBack(req: Request): string;
}

export function createGitHubFlow(gitHub: GitHubSignIn, callbackUrl: string, store: StateStore): GitHubFlow {
  const passport = new Passport();
  const options = {
    clientID: gitHub.clientId,
    clientSecret: gitHub.clientSecret,
    callbackURL: callbackUrl,
    authorizationURL: `${gitHub.url}/login/oauth/authorize`,
    tokenURL: `${gitHub.url}/login/oauth/access_token`,
    userProfileURL: `${gitHub.apiUrl}/user`,
    userAgent: 'elekto',
    // No scope: the public profile is all that is needed.
    scope: [],
  };
  // The published types know the state store of passport-oauth2 without PKCE only.
  const pkce: object = { store, pkce: 'S256' };
  passport.use(
    new Strategy(
      { ...options, ...pkce },
      (
        _accessToken: string,
        _refreshToken: string,
        profile: unknown,
        done: (e: unknown, user?: GitHubAccount) => void,
      ) => {
        const { id, login } = (profile as { _json: { id: unknown; login: unknown } })._json;
        const good = Number.isSafeInteger(id) && typeof login === 'string' && login !== '';
        if (!good) return done(new Error('GitHub answered without an id or a login'));
        done(null, { account: String(id), login });
      },
    ),
  );

  return {
    wayBack: (req) => store.wayBack(req),
    begin: passport.authenticate('github', { session: false }) as RequestHandler,
    finish: (req, res, next) =>
      new Promise((resolve) => {
        if (req.query['error'] === 'access_denied') return resolve({ kind: 'declined' });
        // Without a code passport would start over; here the browser comes back or does not.
        if (typeof req.query['code'] !== 'string' || typeof req.query['state'] !== 'string')
          return resolve({ kind: 'not-yours' });
        const timer = setTimeout(
          () => resolve({ kind: 'gitHub-failed', error: new Error('timeout') }),
          PATIENCE,
        );
        const answered = (error: unknown, user: unknown, info: unknown): void => {
          clearTimeout(timer);
          if (error) return resolve({ kind: 'gitHub-failed', error });
          if (!user) return resolve({ kind: 'not-yours' });
          const way = (info as { state?: { next?: string } } | undefined)?.state?.next;
          resolve({ kind: 'signed-in', account: user as GitHubAccount, next: way ?? '/' });
        };
        (passport.authenticate('github', { session: false }, answered) as RequestHandler)(req, res, next);
      }),
  };
}
