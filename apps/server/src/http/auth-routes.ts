/** Signing in and out in the browser. */
import { Router, type Request, type RequestHandler, type Response } from 'express';

import type { GitHubFlow } from '../auth/github.ts';
import { noticePage, type NoticePage } from '../auth/pages.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Logger } from '../log.ts';

import { clearBrowser } from './clear-browser.ts';
import { safeNextPath } from './next-path.ts';
import { addressOf, requestIdOf } from './request-context.ts';

export interface AuthRouteParts {
  readonly flow: GitHubFlow;
  readonly sessions: Sessions;
  readonly log: Logger;
  /** Seconds to wait, or null. */
  readonly limit: (address: string) => Promise<number | null>;
  readonly csrf: RequestHandler;
  /** Further origins of our pages, to which a sign-in may lead back. */
  readonly origins?: readonly string[];
}

/** Whoever was at a ballot comes back to it. */
const again = (next = '/') => ({
  href: next === '/' ? '/auth/github' : `/auth/github?next=${encodeURIComponent(next)}`,
  label: 'Sign in again',
});

function page(res: Response, status: number, notice: NoticePage): void {
  res.status(status).type('html').setHeader('Cache-Control', 'no-store');
  res.send(noticePage(notice));
}

export function authRoutes({ flow, sessions, log, limit, csrf, origins = [] }: AuthRouteParts): Router {
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

  routes.get('/auth/github', flow.begin);

  routes.get('/oauth/github/callback', async (req, res, next) => {
    const back = flow.wayBack(req);
    const outcome = await flow.finish(req, res, next);
    switch (outcome.kind) {
      case 'signed-in':
        await sessions.start(req, res, outcome.account);
        return res.redirect(303, safeNextPath(outcome.next, origins));
      case 'declined':
        return page(res, 403, {
          title: 'You are not signed in',
          text: 'GitHub was told not to let this site know who you are. You can read everything; to vote, sign in.',
          link: again(back),
        });
      case 'not-yours':
        return page(res, 403, {
          title: 'This sign-in cannot be finished here',
          text: 'It was started in another browser, was used already, or took longer than ten minutes. Start again.',
          link: again(back),
        });
      case 'gitHub-failed':
        log.warn({ err: outcome.error, requestId: requestIdOf(res) }, 'GitHub did not confirm a sign-in');
        return page(res, 502, {
          title: 'GitHub did not confirm the sign-in',
          text: 'That may pass. Try again in a moment.',
          link: again(back),
        });
    }
  });

  routes.post('/auth/sign-out', csrf, async (req, res) => {
    await sessions.end(req, res);
    clearBrowser(res);
    res.redirect(303, '/');
  });

  return routes;
}
