/** The addresses of Elekto's older pages, which stand in mails and chats for years. */
import type { RequestHandler } from 'express';

const PAGES: Readonly<Record<string, string>> = {
  '': '',
  vote: 'ballot/',
  view: 'ballot/',
  confirmation: 'ballot/',
  results: 'results/',
  exception: 'exception/',
};

/** The present path for an old one, or null. Paths stay as encoded as they came. */
export function presentPath(path: string): string | null {
  if (/^\/app\/?$/.test(path)) return '/';
  if (/^\/app\/elections(\/(all|up|running|ended))?\/?$/.test(path)) return '/elections/';
  if (/^\/(app\/)?login\/?$/.test(path)) return '/auth/sign-in';
  const match = /^\/app\/elections\/([^/]+)(?:\/(.*?))?\/?$/.exec(path);
  const [, key, rest = ''] = match ?? [];
  if (key === undefined) return null;
  const candidate = /^candidates\/([^/]+)$/.exec(rest)?.[1];
  const page = candidate === undefined ? PAGES[rest] : `candidates/${candidate}/`;
  if (page !== undefined) return `/elections/${key}/${page}`;
  // What only officers saw there is in the console now.
  return rest.startsWith('admin') ? '/console/' : null;
}

export const oldUrls: RequestHandler = (req, res, next) => {
  const path = req.method === 'GET' || req.method === 'HEAD' ? presentPath(req.path) : null;
  if (path === null) return next();
  res.redirect(301, path);
};
