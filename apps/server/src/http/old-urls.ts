/** The addresses of Elekto's older pages, which stand in mails and chats for years. */
import type { RequestHandler } from 'express';

import { SIGN_IN_PATH } from './auth-routes.ts';

const PAGES: Readonly<Record<string, string>> = {
  '': '',
  vote: 'ballot/',
  view: 'ballot/',
  confirmation: 'ballot/',
  results: 'results/',
  exception: 'exception/',
};

/** The present path for an old one, or null. Paths stay as encoded as they came. `query` holds its `?`. */
export function presentPath(path: string, query = ''): string | null {
  // Pages that were built before, open in a browser or on a CDN, say where to go afterwards.
  if (path === '/auth/github') return SIGN_IN_PATH + query;
  if (/^\/app\/?$/.test(path)) return '/';
  if (/^\/app\/elections(\/(all|up|running|ended))?\/?$/.test(path)) return '/elections/';
  if (/^\/(app\/)?login\/?$/.test(path)) return SIGN_IN_PATH;
  const match = /^\/app\/elections\/([^/]+)(?:\/(.*?))?\/?$/.exec(path);
  const [, key, rest = ''] = match ?? [];
  if (key === undefined) return null;
  const candidate = /^candidates\/([^/]+)$/.exec(rest)?.[1];
  const page = candidate === undefined ? PAGES[rest] : `candidates/${candidate}/`;
  if (page !== undefined) return `/elections/${key}/${page}`;
  // What only officers saw there is in the console now.
  return rest.startsWith('admin') ? '/console/' : null;
}

const queryOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');

export const oldUrls: RequestHandler = (req, res, next) => {
  const path =
    req.method === 'GET' || req.method === 'HEAD' ? presentPath(req.path, queryOf(req.originalUrl)) : null;
  if (path === null) return next();
  res.redirect(301, path);
};
