/**
 * GET /metrics for Prometheus. What people do is not in it: a figure that moves with a cast, or with the pages that
 * are read before it, scraped every few seconds, is a record of when people voted. Failures are counted, successes
 * are not, and what the process uses is rounded until one person does not show.
 */
import { placeOf } from '@elekto/api';
import type { Standing } from '@elekto/ballot-box';
import { STAGES, type ElectionKey, type Instant, type Stage } from '@elekto/election';
import { Counter, Gauge, Registry } from 'prom-client';
import { Router, type RequestHandler } from 'express';

import type { Backups } from '../backup/backups.ts';
import type { SiteStore } from '../site/site-store.ts';
import type { Sync } from '../sync/sync.ts';
import { VERSION } from '../version.ts';
import type { PrometheusMetric } from '../watch/otlp.ts';

import { gaugesIn } from './gauge.ts';
import { registerProcessMetrics } from './process-metrics.ts';
import { registerSurroundings, type Surroundings } from './surroundings-metrics.ts';

export interface Metrics {
  /** Counts requests that failed; goes before everything. */
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

interface Parts {
  readonly sync: Sync;
  readonly store: SiteStore;
  readonly backups: Backups;
  readonly standings: () => Promise<ReadonlyMap<ElectionKey, Standing>>;
  readonly now: () => Promise<Instant>;
  readonly surroundings: Surroundings;
}

export function createMetrics({ sync, store, backups, standings, now, surroundings }: Parts): Metrics {
  const register = new Registry();
  const registers = [register];
  const seconds = (ms: number | null): number => (ms === null ? 0 : ms / 1000);
  registerProcessMetrics(registers);
  registerSurroundings(registers, surroundings);

  const failures = new Counter({
    name: 'elekto_request_failures_total',
    help: 'Requests answered 429 or 5xx, by kind.',
    labelNames: ['kind', 'status'],
    registers,
  });
  const gauge = gaugesIn(registers);
  new Gauge({
    name: 'elekto_info',
    help: 'The version, as a label.',
    labelNames: ['version'],
    registers,
  }).set({ version: VERSION }, 1);
  gauge('elekto_sync_timestamp_seconds', 'When the meta repository was last read.', () =>
    seconds(sync.syncState.at),
  );
  gauge('elekto_sync_failing', '1 while the meta repository cannot be read.', () =>
    Number(sync.syncState.problem !== null),
  );
  gauge('elekto_site_timestamp_seconds', 'When the pages being served were put in place.', () =>
    seconds(store.state.builtAt),
  );
  gauge('elekto_site_failing', '1 while the pages cannot be built.', () =>
    Number(store.state.problem !== null),
  );
  gauge('elekto_elections', 'Elections in the meta repository.', () => sync.snapshot.elections.size);
  gauge(
    'elekto_elections_stale',
    'Elections of which an older version is served.',
    () => [...sync.snapshot.elections.values()].filter(({ staleSince }) => staleSince !== null).length,
  );
  gauge(
    'elekto_elections_in_trouble',
    'Elections that upkeep cannot open, close or count.',
    () => sync.troubles.told().size,
  );
  gauge('elekto_upkeep_finished_timestamp_seconds', 'When upkeep last went through all elections.', () =>
    seconds(sync.upkeepFinishedAt),
  );
  const { database, keys } = backups.settings;
  if (database !== null) {
    gauge('elekto_backup_timestamp_seconds', 'When the newest backup of the database was due.', () =>
      seconds(backups.state.at),
    );
    gauge('elekto_backup_interval_seconds', 'How often one is due.', () => seconds(database.everyMs));
  }
  if (database !== null || keys !== null)
    gauge('elekto_backup_failing', '1 while a backup of the database or of the keys cannot be made.', () =>
      Number(backups.state.problem !== null),
    );
  new Gauge({
    name: 'elekto_elections_by_stage',
    help: 'Elections in the meta repository by where they stand.',
    labelNames: ['stage'],
    registers,
    async collect() {
      for (const [stage, elections] of await stages()) this.set({ stage }, elections);
    },
  });

  async function stages(): Promise<Map<Stage, number>> {
    const counted = new Map(STAGES.map((stage) => [stage, 0]));
    try {
      const [rows, at] = [await standings(), await now()];
      for (const [key, { election }] of sync.snapshot.elections) {
        if (!election) continue;
        const { stage } = placeOf(election, rows.get(key), at);
        counted.set(stage, (counted.get(stage) ?? 0) + 1);
      }
      return counted;
    } catch {
      // Without the database the last figures stay: that it is away, `/readyz` tells.
      return new Map();
    }
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
    figures: async () => await register.getMetricsAsJSON(),
    count(req, res, next) {
      // Taken now: routers below change it.
      const kind = kindOf(req.path);
      res.on('finish', () => {
        if (res.statusCode === 429 || res.statusCode >= 500) failures.inc({ kind, status: res.statusCode });
      });
      next();
    },
  };
}
