/** The end of the line: what nobody answered, and what threw. JSON, with the request id and nothing of the inside. */
import type { ErrorRequestHandler, RequestHandler } from 'express';

import type { FailureLog } from './failure-log.ts';

import { requestIdOf } from './request-context.ts';

const TEXTS: Readonly<Record<number, readonly [kind: string, message: string]>> = {
  400: ['bad-request', 'The request could not be read.'],
  403: ['forbidden', 'This is not allowed.'],
  404: ['not-found', 'There is nothing at this address.'],
  413: ['too-large', 'The request is too large.'],
  415: ['not-json', 'Send JSON.'],
  429: ['too-many-requests', 'Too many requests. Wait a moment.'],
};

export const notFound: RequestHandler = (_req, res) => {
  const [kind, message] = TEXTS[404] ?? [];
  res.status(404).json({ error: { kind, message, requestId: requestIdOf(res) } });
};

/** Client mistakes keep their 4xx; all else is ours: logged, and answered 500 without detail. */
export function errorAnswers(log: FailureLog): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
    const code = Number(status ?? statusCode);
    const clients = Number.isInteger(code) && code >= 400 && code < 500;
    if (!clients) log.error({ err: error, requestId: requestIdOf(res), path: req.path }, 'unexpected error');
    if (res.headersSent) return void res.destroy();
    const [kind, message] =
      TEXTS[code] ??
      (clients
        ? ['bad-request', 'The request could not be read.']
        : ['internal', 'Something went wrong on the server.']);
    res.status(clients ? code : 500).json({ error: { kind, message, requestId: requestIdOf(res) } });
  };
}
