/**
 * Sign-in for the officers' desktop app: its browser page asks the person, who is signed in here as usual, and
 * hands the app a code by a redirect to loopback (RFC 8252); the app trades it for a token with PKCE (RFC 7636).
 */
import { SIGN_IN_TAKES_OFFICE } from '@elekto/ballot-box';
import type { Instant } from '@elekto/election';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';

import type { Seal } from '../auth/seal.ts';
import { approvalPage } from '../auth/pages.ts';
import type { Sessions } from '../auth/sessions.ts';

import { SIGN_IN_PATH } from './auth-routes.ts';

export interface NativeRouteParts {
  readonly sessions: Sessions;
  readonly seal: Seal;
  /** The clock by which sign-ins are as old as they are. */
  readonly now: () => Promise<Instant>;
  /** True for the first who takes `name`, on whichever server, within `seconds`. */
  readonly once: (name: string, seconds: number) => Promise<boolean>;
  readonly csrf: RequestHandler;
  readonly csrfJson: RequestHandler;
}

/** Seconds. */
const CODE_LIFETIME = 60;

/** The app listens on a free port of this machine, by number and not by name. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]):\d{1,5}\/callback$/;

const request = z.object({
  challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  method: z.literal('S256'),
  state: z.string().regex(/^[\w.~-]{16,512}$/),
  redirect_uri: z.string().regex(LOOPBACK),
});

const exchange = z.object({
  code: z.string().max(4096),
  verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  redirectUri: z.string().max(200),
});

const grant = z.object({
  userId: z.string(),
  account: z.string(),
  login: z.string(),
  signedInAt: z.number(),
  challenge: z.string(),
  redirectUri: z.string(),
  nonce: z.string(),
  expiresAt: z.number(),
});

export function nativeRoutes({ sessions, seal, now, once, csrf, csrfJson }: NativeRouteParts): Router {
  const routes = Router();
  const form = express.urlencoded({ extended: false, limit: '8kb' });
  const refused = (res: Response): void => void res.status(400).json({ error: { kind: 'bad-request' } });

  routes.get('/auth/native/start', async (req: Request, res: Response) => {
    const asked = request.safeParse(req.query);
    if (!asked.success) return refused(res);
    const person = await sessions.personOf(req, res);
    // The app's sign-in is as old as the browser's, and it is there to hold offices.
    const tooOld = (await now()) - (person?.signedInAt ?? 0) > SIGN_IN_TAKES_OFFICE;
    if (!person || tooOld)
      return res.redirect(303, `${SIGN_IN_PATH}?next=${encodeURIComponent(req.originalUrl)}`);
    const { origin } = new URL(asked.data.redirect_uri);
    // Browsers hold the redirect that follows a form to the same list.
    res.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; base-uri 'none'; form-action 'self' ${origin}; frame-ancestors 'none'`,
    );
    res.type('html').send(approvalPage(person.login, asked.data));
  });

  routes.post('/auth/native/approve', csrf, form, async (req: Request, res: Response) => {
    const asked = request.safeParse(req.body);
    const person = await sessions.personOf(req, res);
    if (!asked.success || !person) return refused(res);
    const back = new URL(asked.data.redirect_uri);
    back.searchParams.set('state', asked.data.state);
    if ((req.body as { answer?: unknown }).answer === 'allow') {
      const code = {
        ...person,
        challenge: asked.data.challenge,
        redirectUri: asked.data.redirect_uri,
        nonce: randomBytes(12).toString('base64url'),
        expiresAt: Date.now() + CODE_LIFETIME * 1000,
      };
      back.searchParams.set('code', seal.seal(JSON.stringify(code)));
    } else back.searchParams.set('error', 'access_denied');
    res.redirect(303, back.href);
  });

  routes.post('/auth/native/token', csrfJson, express.json({ limit: '8kb' }), async (req, res) => {
    const asked = exchange.safeParse(req.body);
    const opened = asked.success ? seal.open(asked.data.code) : null;
    if (!asked.success || opened === null) return refused(res);
    const code = grant.parse(JSON.parse(opened));
    const proof = createHash('sha256').update(asked.data.verifier).digest('base64url');
    // Also an attempt that fails uses the code up. Remembered longer than servers' clocks may differ.
    const first = await once(`native-code ${code.nonce}`, 5 * CODE_LIFETIME);
    const good =
      first &&
      timingSafeEqual(Buffer.from(proof), Buffer.from(code.challenge)) &&
      code.redirectUri === asked.data.redirectUri &&
      code.expiresAt >= Date.now();
    if (!good) return refused(res);
    const { login } = code;
    const { token, expiresAt } = await sessions.issueToken(code);
    res.json({ token, login, expiresAt });
  });

  routes.post('/auth/native/revoke', csrf, async (req, res) => {
    if (req.get('x-elekto') !== '1') return void res.status(403).json({ error: { kind: 'header-missing' } });
    await sessions.end(req, res);
    res.status(204).end();
  });

  return routes;
}
