/**
 * Requests that change something must come from our own pages. Browsers say where a request comes from
 * (`Origin`, `Sec-Fetch-Site`), and only same-origin pages, or those let in by CORS, can add a header of
 * their own; all three are asked for. Clients that are no browsers send neither of the first two.
 */
import type { Request, RequestHandler } from 'express';

export interface CsrfRules {
  /** Origins whose pages may send changes. */
  readonly origins: ReadonlySet<string>;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True when the browser's own words say that the request is from one of our pages, or no browser speaks. */
export function isFromOwnPage(req: Request, { origins }: CsrfRules): boolean {
  const origin = req.get('origin');
  const site = req.get('sec-fetch-site');
  // What browsers say for a form of a page with `Referrer-Policy: no-referrer`, ours and anybody's.
  if (origin === 'null') return site === 'same-origin';
  if (origin !== undefined) return origins.has(origin);
  return site === undefined || site === 'same-origin' || site === 'none';
}

const refuse =
  (status: number, kind: string, message: string): RequestHandler =>
  (_req, res) =>
    void res.status(status).json({ error: { kind, message } });

const foreign = refuse(403, 'foreign-origin', 'This request does not come from a page of this site.');
const noHeader = refuse(403, 'header-missing', 'Send the header "x-elekto: 1".');
const notJson = refuse(415, 'not-json', 'Send JSON.');

/** Guards everything below it; `needsHeader` also demands `x-elekto` and, where there is a body, JSON. */
export function csrfGuard(rules: CsrfRules, needsHeader: boolean): RequestHandler {
  return (req, res, next) => {
    if (SAFE.has(req.method)) return next();
    if (!isFromOwnPage(req, rules)) return foreign(req, res, next);
    if (needsHeader) {
      if (req.get('x-elekto') !== '1') return noHeader(req, res, next);
      if (!req.is('application/json')) return notJson(req, res, next);
    }
    next();
  };
}
