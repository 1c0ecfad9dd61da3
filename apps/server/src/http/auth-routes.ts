/** Signing in and out in the browser. */
import { LoginHeld } from '@elekto/db';
import { Router, type Request, type RequestHandler, type Response } from 'express';

import type { SignInFlow, SignInProblem } from '../auth/flow.ts';
import { noticePage, type NoticePage } from '../auth/pages.ts';
import type { Sessions } from '../auth/sessions.ts';
import { callbackPath, type SignInSettings } from '../config/sign-in.ts';
import type { FailureLog } from './failure-log.ts';

import { clearBrowser } from './clear-browser.ts';
import { safeNextPath } from './next-path.ts';
import { addressOf, requestIdOf } from './request-context.ts';

export interface AuthRouteParts {
  readonly flow: SignInFlow;
  readonly provider: Pick<SignInSettings, 'kind' | 'name'>;
  readonly sessions: Sessions;
  readonly log: FailureLog;
  /** Seconds to wait, or null. */
  readonly limit: (address: string) => Promise<number | null>;
  readonly csrf: RequestHandler;
  /** Further origins of our pages, to which a sign-in may lead back. */
  readonly origins?: readonly string[];
}

/** Whoever was at a ballot comes back to it. */
const again = (next = '/') => ({
  href: next === '/' ? SIGN_IN_PATH : `${SIGN_IN_PATH}?next=${encodeURIComponent(next)}`,
  label: 'Sign in again',
});

/** Where a sign-in begins, at whichever provider. */
export const SIGN_IN_PATH = '/auth/sign-in';

function page(res: Response, status: number, notice: NoticePage): void {
  res.status(status).type('html').setHeader('Cache-Control', 'no-store');
  res.send(noticePage(notice));
}

export function authRoutes(parts: AuthRouteParts): Router {
  const { flow, provider, sessions, log, limit, csrf, origins = [] } = parts;
  const routes = Router();

  routes.use(['/auth', '/oauth'], async (req: Request, res: Response, next) => {
    res.setHeader('Cache-Control', 'no-store');
    const wait = await limit(addressOf(req));
    if (wait === null) return next();
    res.setHeader('Retry-After', wait);
    page(res, 429, {
      title: 'Too many sign-ins',
      text: `From your network too many people signed in at once. Wait ${wait} seconds.`,
      link: again(flow.wayBack(req)),
    });
  });

  const tell = (res: Response, problem: SignInProblem, back: string): void => {
    if ('error' in problem)
      log.warn({ err: problem.error, requestId: requestIdOf(res) }, 'the provider did not confirm a sign-in');
    const { status, ...notice } = noticeOf(problem, provider.name);
    page(res, status, { ...notice, link: again(back) });
  };

  routes.get(SIGN_IN_PATH, async (req, res, next) => {
    const problem = await flow.begin(req, res, next);
    if (problem !== null) tell(res, problem, safeNextPath(req.query['next'], origins));
  });

  routes.get(callbackPath(provider.kind), async (req, res, next) => {
    const back = flow.wayBack(req);
    const outcome = await flow.finish(req, res, next);
    if (outcome.kind !== 'signed-in') return tell(res, outcome, back);
    try {
      await sessions.start(req, res, outcome.account);
    } catch (error) {
      if (error instanceof LoginHeld) return tell(res, { kind: 'login-held' }, back);
      throw error;
    }
    res.redirect(303, safeNextPath(outcome.next, origins));
  });

  routes.post('/auth/sign-out', csrf, async (req, res) => {
    await sessions.end(req, res);
    clearBrowser(res);
    res.redirect(303, '/');
  });

  return routes;
}

function noticeOf(problem: SignInProblem, name: string): Omit<NoticePage, 'link'> & { status: number } {
  switch (problem.kind) {
    case 'declined':
      return {
        status: 403,
        title: 'You are not signed in',
        text: `${name} was told not to let this site know who you are. You can read everything; to vote, sign in.`,
      };
    case 'not-yours':
      return {
        status: 403,
        title: 'This sign-in cannot be finished here',
        text: 'It was started in another browser, was used already, or took longer than ten minutes. Start again.',
      };
    case 'login-held':
      return {
        status: 403,
        title: 'Your login is taken here',
        text: `Another account of ${name} has signed in here under your login, written with other capitals, and this site takes the two for one. Nobody was signed in. Tell who runs this site: they can see whose it is.`,
      };
    case 'untrusted':
      return {
        status: 502,
        title: `What ${name} answered cannot be believed`,
        text: `${problem.why} Nobody was signed in. If it happens again, tell who runs this site.`,
      };
    case 'failed':
      return {
        status: 502,
        title: `${name} did not confirm the sign-in`,
        text: 'That may pass. Try again in a moment.',
      };
  }
}
