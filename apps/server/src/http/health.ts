/** For load balancers and people on call. */
import { Router } from 'express';

import type { ServerStatus } from '@elekto/api';

export interface Readiness {
  readonly ready: boolean;
  /** Each part with `ok` or what is wrong. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface HealthParts {
  readonly readiness: () => Promise<Readiness>;
  readonly status: () => Promise<ServerStatus>;
}

export function healthRoutes({ readiness, status }: HealthParts): Router {
  const routes = Router();
  routes.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  // The process answers: nothing else is asked, so that a slow database does not get it killed.
  routes.get(['/healthz', '/health'], (_req, res) => void res.json({ status: 'ok' }));
  routes.get('/readyz', async (_req, res) => {
    const { ready, parts } = await readiness();
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', ...parts });
  });
  routes.get(['/status', '/status.json'], async (_req, res) => void res.json(await status()));
  return routes;
}
