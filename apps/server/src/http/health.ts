/** For load balancers and people on call. */
import { Router } from 'express';

import type { ServerStatus } from '@elekto/api';

export interface Readiness {
  readonly ready: boolean;
  /** Each part with `ok` or what is wrong. */
  readonly parts: Readonly<Record<string, string>>;
  /** What somebody should look at although requests are served as usual. */
  readonly degraded: readonly string[];
}

export interface HealthParts {
  readonly readiness: () => Promise<Readiness>;
  readonly status: () => Promise<ServerStatus>;
}

export function healthRoutes({ readiness, status }: HealthParts): Router {
  const routes = Router();
  let last: { readonly status: ServerStatus; readonly text: string } | null = null;
  /** The same answer is written once. */
  const textOf = (told: ServerStatus): string => {
    if (last?.status !== told) last = { status: told, text: JSON.stringify(told) };
    return last.text;
  };
  routes.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  // The process answers: nothing else is asked, so that a slow database does not get it killed.
  routes.get(['/healthz', '/health'], (_req, res) => void res.json({ status: 'ok' }));
  routes.get('/readyz', async (_req, res) => {
    const { ready, parts, degraded } = await readiness();
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', ...parts, degraded });
  });
  routes.get(
    ['/status', '/status.json'],
    async (_req, res) => void res.type('json').send(textOf(await status())),
  );
  return routes;
}
