/**
 * GET /metrics for Prometheus. What people do is not in it: a counter that rises with each cast, scraped every
 * few seconds, is a record of when people voted. Pages and failures are counted, the API's successes are not.
 */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Router, type RequestHandler } from 'express';

import type { SiteStore } from '../site/site-store.ts';
import type { Keeper } from '../sync/keeper.ts';
import { VERSION } from '../version.ts';
import type { PrometheusMetric } from '../watch/otlp.ts';

export interface Metrics {
  /** Counts pages served and requests that failed; goes before everything. */
  readonly count: RequestHandler;
  readonly routes: Router;
  /** The same figures for who sends them on by itself. */
  readonly figures: () => Promise<readonly PrometheusMetric[]>;
}

type KindOfRequest = 'page' | 'api' | 'sign-in' | 'webhook';

function kindOf(path: string): KindOfRequest {
  if (path.startsWith('/trpc')) return 'api';
  if (path.startsWith('/auth') || path.startsWith('/oauth')) return 'sign-in';
  return path.startsWith('/v1/') ? 'webhook' : 'page';
}

export function createMetrics({
  keeper,
  store,
}: {
  readonly keeper: Keeper;
  readonly store: SiteStore;
}): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const seconds = (ms: number | null): number => (ms === null ? 0 : ms / 1000);

  const pages = new Counter({
    name: 'elekto_pages_total',
    help: 'Answers that are pages or their files, by the first digit of the status.',
    labelNames: ['status'],
    registers,
  });
  const failures = new Counter({
    name: 'elekto_request_failures_total',
    help: 'Requests answered 429 or 5xx, by kind.',
    labelNames: ['kind', 'status'],
    registers,
  });
  new Gauge({
    name: 'elekto_info',
    help: 'The version, as a label.',
    labelNames: ['version'],
    registers,
  }).set({ version: VERSION }, 1);
  gauge('elekto_sync_timestamp_seconds', 'When the meta repository was last read.', () =>
    seconds(keeper.syncState.at),
  );
  gauge('elekto_sync_failing', '1 while the meta repository cannot be read.', () =>
    Number(keeper.syncState.problem !== null),
  );
  gauge('elekto_site_timestamp_seconds', 'When the pages being served were put in place.', () =>
    seconds(store.state.builtAt),
  );
  gauge('elekto_site_failing', '1 while the pages cannot be built.', () =>
    Number(store.state.problem !== null),
  );
  gauge('elekto_elections', 'Elections in the meta repository.', () => keeper.snapshot?.elections.size ?? 0);
  gauge(
    'elekto_elections_stale',
    'Elections of which an older version is served.',
    () =>
      [...(keeper.snapshot?.elections.values() ?? [])].filter(({ staleSince }) => staleSince !== null).length,
  );

  function gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }

  const routes = Router();
  routes.get('/metrics', async (req, res, next) => {
    // For who asks this process itself: what comes through a proxy comes from the public.
    if (req.headers['x-forwarded-for'] !== undefined || req.headers['forwarded'] !== undefined) return next();
    res.type(register.contentType).setHeader('Cache-Control', 'no-store');
    res.send(await register.metrics());
  });
  return {
    routes,
    figures: async () => (await register.getMetricsAsJSON()) as readonly PrometheusMetric[],
    count(req, res, next) {
      res.on('finish', () => {
        const kind = kindOf(req.path);
        if (kind === 'page') pages.inc({ status: `${Math.floor(res.statusCode / 100)}xx` });
        if (res.statusCode === 429 || res.statusCode >= 500) failures.inc({ kind, status: res.statusCode });
      });
      next();
    },
  };
}
