/** What the server knows about a request besides Express's own: an id for the log, and the client's address. */
import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';

import type { FailureLog } from './failure-log.ts';

export const requestIdOf = (res: Response): string => (res.locals['requestId'] as string | undefined) ?? '';

export const addressOf = (req: Request): string => household(req.ip ?? req.socket.remoteAddress);

/** The address for limits: IPv6 by its /64, which is what one household has. Whoever has hung up has none any more. */
export function household(ip: string | undefined): string {
  if (ip === undefined) return 'unknown';
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/.exec(ip)?.[1];
  if (v4 !== undefined || !ip.includes(':')) return v4 ?? ip;
  const [head = '', tail = ''] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Gives each request an id. An id that a proxy brings is taken when it looks like one. */
export const withRequestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  const id = given !== undefined && /^[\w.-]{8,64}$/.test(given) ? given : randomBytes(8).toString('hex');
  res.locals['requestId'] = id;
  res.setHeader('X-Request-Id', id);
  next();
};

/**
 * One line for each request that failed. Successful ones are not logged: a line for each cast, with its
 * time, is a record of when people voted. The path is logged without its query.
 */
export function logFailures(log: FailureLog): RequestHandler {
  return (req, res, next) => {
    const { method } = req;
    const path = req.originalUrl.split('?')[0];
    res.on('finish', () => {
      if (res.statusCode >= 500) {
        log.warn({ requestId: requestIdOf(res), method, path, status: res.statusCode }, 'request failed');
      }
    });
    next();
  };
}
