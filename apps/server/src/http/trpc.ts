/** The API over HTTP, at /trpc. */
import { appRouter, mayPostFiles, MOST_CALLS, MOST_FILE_BYTES, type ApiContext } from '@elekto/api';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';

import type { FailureLog } from './failure-log.ts';

import { requestIdOf } from './request-context.ts';

/** A sealed ballot of 500 candidates is about 3 kB; twenty of them fit. */
const MOST_BYTES = 128 * 1024;
/** Of the one procedure that takes files, base64url in JSON, from officers. */
const MOST_FILE = Math.ceil((MOST_FILE_BYTES * 4) / 3) + 1024;

export interface TrpcParts {
  readonly context: (req: Request, res: Response) => Promise<ApiContext>;
  readonly csrf: RequestHandler;
  readonly log: FailureLog;
}

export function trpcRoutes({ context, csrf, log }: TrpcParts): Router {
  const routes = Router();
  routes.use('/trpc', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  const small = express.json({ limit: MOST_BYTES, strict: true });
  const large = express.json({ limit: MOST_FILE, strict: true });
  // Nobody else makes the server read megabytes, which every voter would wait for.
  routes.use('/trpc/board.post', csrf, (req, res, next) => {
    context(req, res)
      .then(mayPostFiles)
      .then((may) => (may ? large : small)(req, res, next), next);
  });
  routes.use('/trpc', csrf, small);
  routes.use(
    '/trpc',
    createExpressMiddleware({
      router: appRouter,
      maxBatchSize: MOST_CALLS,
      createContext: ({ req, res }) => context(req, res),
      onError({ error, path, ctx }) {
        if (error.code !== 'INTERNAL_SERVER_ERROR') return;
        log.error(
          { err: error.cause ?? error, procedure: path, requestId: ctx?.requestId },
          'unexpected error',
        );
      },
    }),
  );
  // What the adapter itself refuses (too many calls) is answered by it; this is for what it passes on.
  routes.use(
    '/trpc',
    (_req, res) => void res.status(404).json({ error: { kind: 'not-found', requestId: requestIdOf(res) } }),
  );
  return routes;
}
