/** The Express app, from injected parts only: tests boot the very same one. */
import type { EndedSignIns } from '@elekto/ballot-box';
import type { ApiContext } from '@elekto/api';
import type { Database } from '@elekto/db';
import type { LoginRule } from '@elekto/election';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { IncomingMessage, RequestListener } from 'node:http';
import proxyAddress from 'proxy-addr';

import { createFlow } from '../auth/create-flow.ts';
import type { Fetch } from '../auth/openid.ts';
import { createSeal } from '../auth/seal.ts';
import { createSessions } from '../auth/sessions.ts';
import { createStateStore } from '../auth/state-store.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { createSiteServer, serveSiteNotFound } from '../site/serve-site.ts';
import type { SiteFiles } from '../site/site-files.ts';

import { authRoutes } from './auth-routes.ts';
import { cookieJar } from './cookies.ts';
import { corsFor } from './cors.ts';
import { csrfGuard } from './csrf.ts';
import { errorAnswers, notFound } from './errors.ts';
import { rationFailures } from './failure-log.ts';
import { createGate, type Pace } from './gate.ts';
import { healthRoutes, type HealthParts } from './health.ts';
import type { ServerLimiter } from './limits.ts';
import { nativeRoutes } from './native-routes.ts';
import { oldUrls } from './old-urls.ts';
import { clearBrowser } from './clear-browser.ts';
import { repositoryPage } from './repository-page.ts';
import { addressOf, household, logFailures, requestIdOf, withRequestId } from './request-context.ts';
import { securityHeaders, withHeaders } from './security.ts';
import { trpcRoutes } from './trpc.ts';
import { webhookRoutes } from './webhook.ts';

export interface AppParts
  extends
    HealthParts,
    Pick<ApiContext, 'box' | 'snapshot' | 'fetchedFrom' | 'standings' | 'trouble' | 'now'> {
  readonly config: Config;
  readonly db: Database;
  /** Seals what browsers and native apps keep for us; from the master key. */
  readonly sealKey: Uint8Array;
  /** Which sign-ins count no more, whatever the database says. */
  readonly endedSignIns: EndedSignIns;
  readonly limiter: ServerLimiter;
  /** True for the first who takes `name`, on whichever server, within `seconds`. */
  readonly once: (name: string, seconds: number) => Promise<boolean>;
  readonly log: Logger;
  /** The built site being served; null before the first build. */
  readonly site: () => SiteFiles | null;
  /** The site before, whose hashed files open pages may still ask for. */
  readonly previousSite: () => SiteFiles | null;
  /** The console's web build; null when there is none. */
  readonly console: () => SiteFiles | 'being built' | null;
  /** Asks for a look at the meta repository. */
  readonly requestSync: () => void;
  /** Fires when the server stops. */
  readonly stopping: AbortSignal;
  /** How logins of the provider are compared. */
  readonly rule: LoginRule;
  /** Counts what fails, first of all. */
  readonly count?: RequestHandler | undefined;
  /** How fast one address is let in; null: as fast as it asks. */
  readonly pace: Pace | null;
  /** Asks the provider of accounts; the machine's own when absent. */
  readonly providerFetch?: Fetch | undefined;
  /** Further routes before the site (metrics). */
  readonly extra?: readonly RequestHandler[];
}

/** Composes the app; starts nothing. */
export function buildApp(parts: AppParts): RequestListener {
  const { config, db, limiter, log } = parts;
  const https = config.url.startsWith('https:');
  const origin = new URL(config.url).origin;
  const rules = { origins: ownOrigins(origin, config.siteOrigins) };
  const secret = parts.sealKey;
  const sessions = createSessions({
    db,
    jar: cookieJar('elekto', https),
    seal: createSeal(secret, 'session'),
    ended: parts.endedSignIns,
    now: parts.now,
    // What the older Elekto knew are logins of GitHub.
    claims: config.signIn.kind === 'github',
    // GitHub, GitLab and Forgejo do not; an issuer of OpenID Connect may, whatever the operator says.
    tellsCaseApart: config.signIn.kind !== 'oidc' ? 'no' : parts.rule.logins === 'exact' ? 'yes' : 'unknown',
  });
  const store = createStateStore({
    jar: cookieJar('elekto-sign-in', https),
    seal: createSeal(secret, 'state'),
    origins: config.siteOrigins,
  });
  const limitAddress = (name: 'sign-in' | 'webhook') => (address: string) =>
    limiter.take(name, [`address:${address}`]);

  const page = repositoryPage(config.meta.source, config.signIn);
  const repository = { url: page?.url ?? null, host: page?.host ?? null };

  async function context(req: Request, res: Response): Promise<ApiContext> {
    const requestId = requestIdOf(res);
    return {
      person: await sessions.personOf(req, res),
      address: addressOf(req),
      requestId,
      box: parts.box,
      snapshot: parts.snapshot,
      fetchedFrom: parts.fetchedFrom,
      standings: parts.standings,
      trouble: parts.trouble,
      signIn: { name: config.signIn.name, profiles: config.signIn.profiles, ...parts.rule },
      meta: { ...repository, branch: config.meta.branch ?? null },
      now: parts.now,
      limits: limiter,
      status: parts.status,
      signOut: () => {
        clearBrowser(res);
        return sessions.end(req, res);
      },
      log,
      stopping: parts.stopping,
    };
  }

  const failures = rationFailures(log);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  if (parts.count) app.use(parts.count);
  const gate = createGate(parts.pace);
  const headers = securityHeaders(https);
  const site = createSiteServer(parts.site, headers);
  app.use(gate.handler);
  app.use(withRequestId, logFailures(failures), withHeaders(headers));
  // First what is asked for most; none of its addresses is one of a route below.
  app.use(site.handler);
  app.use(healthRoutes(parts));
  for (const handler of parts.extra ?? []) app.use(handler);
  app.use(
    webhookRoutes({
      secret: config.webhookSecret,
      source: config.meta.source,
      branch: config.meta.branch,
      sync: parts.requestSync,
      limit: (req) => limitAddress('webhook')(addressOf(req)),
    }),
  );
  app.use(['/trpc', '/auth/sign-out'], corsFor(new Set(config.siteOrigins)));
  app.use(
    authRoutes({
      flow: createFlow({ settings: config.signIn, url: config.url, store, fetch: parts.providerFetch }),
      provider: config.signIn,
      sessions,
      log: failures,
      limit: limitAddress('sign-in'),
      origins: config.siteOrigins,
      csrf: csrfGuard(rules, false),
    }),
  );
  app.use(
    nativeRoutes({
      sessions,
      once: parts.once,
      seal: createSeal(secret, 'native'),
      now: parts.now,
      csrf: csrfGuard(rules, false),
      csrfJson: csrfGuard(rules, true),
    }),
  );
  app.use(trpcRoutes({ context, csrf: csrfGuard(rules, true), log: failures }));
  app.use(oldUrls);
  app.use(
    '/console',
    notBuiltYet('The officer console is', () => parts.console() === 'being built', 202),
  );
  app.use(createSiteServer(() => filesOf(parts.console())).handler);
  app.use(hashedOnly(createSiteServer(parts.previousSite).handler));
  app.use(notBuiltYet('The pages are', () => parts.site() === null, 503));
  app.use(serveSiteNotFound(parts.site));
  app.use(notFound, errorAnswers(failures));
  const trust = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  const admits = (req: IncomingMessage): boolean => gate.admitsFile(household(proxyAddress(req, trust)));
  return (req, res) => void (site.atOnce(req, res, admits) || app(req, res));
}

/** localhost and 127.0.0.1 are the same place to people who try the demo. */
function ownOrigins(origin: string, others: readonly string[]): ReadonlySet<string> {
  const twin = origin.replace('//localhost:', '//127.0.0.1:');
  return new Set([origin, twin, ...others]);
}

const filesOf = (files: SiteFiles | 'being built' | null): SiteFiles | null =>
  files === 'being built' ? null : files;

const hashedOnly =
  (serve: RequestHandler): RequestHandler =>
  (req, res, next) =>
    /^\/_?(assets|astro)\//.test(req.path) ? serve(req, res, next) : next();

/** Says so, and has the browser ask again. 503 is for what the server is there for, and stands in the log. */
const notBuiltYet =
  (what: string, isMissing: () => boolean, status: 202 | 503): RequestHandler =>
  (req, res, next) => {
    if (!isMissing() || req.method !== 'GET' || !req.accepts('html')) return next();
    res.status(status).setHeader('Retry-After', 5);
    res
      .type('html')
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Being built</title><main><h1>${what} being built</h1><p>This takes a few seconds. The page reloads by itself.</p></main></html>`,
      );
  };
