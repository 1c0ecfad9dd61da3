/** Answers GET and HEAD from a built site: ETag, compression made once, hashed files for ever. */
import type { Request, RequestHandler, Response } from 'express';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import type { SiteFile, SiteFiles } from './site-files.ts';

type Encoding = 'br' | 'gzip' | 'identity';

/** Bodies kept in memory, at most so many bytes; beyond, the least recently used go. */
const CACHE_BYTES = 48 * 1024 * 1024;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

async function bodyOf(file: SiteFile, encoding: Encoding): Promise<Buffer> {
  const plain = await readFile(file.path);
  if (encoding === 'br') {
    return toBrotli(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    });
  }
  return encoding === 'gzip' ? toGzip(plain, { level: 6 }) : plain;
}

class BodyCache {
  readonly #bodies = new Map<string, Buffer>();
  readonly #pending = new Map<string, Promise<Buffer>>();
  #bytes = 0;

  /** The body at once when it is in memory. */
  peek(key: string): Buffer | undefined {
    const body = this.#bodies.get(key);
    if (body) {
      this.#bodies.delete(key);
      this.#bodies.set(key, body);
    }
    return body;
  }

  load(key: string, file: SiteFile, encoding: Encoding): Promise<Buffer> {
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = bodyOf(file, encoding)
        .then((body) => {
          this.#keep(key, body);
          return body;
        })
        .finally(() => this.#pending.delete(key));
      this.#pending.set(key, pending);
    }
    return pending;
  }

  #keep(key: string, body: Buffer): void {
    this.#bodies.set(key, body);
    this.#bytes += body.length;
    for (const [old, { length }] of this.#bodies) {
      if (this.#bytes <= CACHE_BYTES) break;
      this.#bodies.delete(old);
      this.#bytes -= length;
    }
  }
}

function encodingFor(req: Request, file: SiteFile): Encoding {
  if (!file.compressible || file.size < 256) return 'identity';
  const accepted = req.headers['accept-encoding'] ?? '';
  if (typeof accepted !== 'string') return 'identity';
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : 'identity';
}

function decoded(path: string): string | null {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/**
 * Serves whatever `current` gives at the time of the request; passes on what the site does not have.
 * `/a` leads to `/a/` where only that exists.
 */
export function serveSite(current: () => SiteFiles | null): RequestHandler {
  const cache = new BodyCache();

  async function send(req: Request, res: Response, file: SiteFile, status: number): Promise<void> {
    const encoding = encodingFor(req, file);
    const etag = `"${file.hash}${encoding === 'identity' ? '' : `-${encoding}`}"`;
    res.statusCode = status;
    res.setHeader('Content-Security-Policy', file.policy);
    res.setHeader('Cache-Control', status === 200 ? file.cacheControl : 'no-store');
    res.setHeader('ETag', etag);
    if (file.compressible) res.setHeader('Vary', 'Accept-Encoding');
    if (status === 200 && req.headers['if-none-match']?.includes(file.hash)) {
      res.statusCode = 304;
      return void res.end();
    }
    res.setHeader('Content-Type', file.type);
    if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding);
    const key = file.hash + encoding;
    const body = cache.peek(key) ?? (await cache.load(key, file, encoding));
    res.setHeader('Content-Length', body.length);
    res.end(req.method === 'HEAD' ? undefined : body);
  }

  return (req, res, next) => {
    const site = req.method === 'GET' || req.method === 'HEAD' ? current() : null;
    const path = site && decoded(req.path);
    if (!site || path === null) return next();
    const file = site.files.get(path);
    if (file) {
      // A page that is removed by a swap between lookup and reading is simply gone.
      return void send(req, res, file, 200).catch(next);
    }
    if (!path.endsWith('/') && site.files.has(`${path}/`)) {
      const query = req.originalUrl.slice(req.originalUrl.split('?')[0]?.length ?? 0);
      return res.redirect(308, `${req.path.replace(/^\/+/, '/')}/${query}`);
    }
    next();
  };
}

/** The site's own page for addresses that do not exist, when it has one and the client wants a page. */
export function serveSiteNotFound(current: () => SiteFiles | null): RequestHandler {
  return (req, res, next) => {
    const page = current()?.files.get('/404.html');
    if (!page || req.method !== 'GET' || req.accepts('html', 'json') !== 'html') return next();
    readFile(page.path)
      .then((body) => {
        res.status(404);
        res.setHeader('Content-Security-Policy', page.policy);
        res.setHeader('Content-Type', page.type);
        res.setHeader('Cache-Control', 'no-store');
        res.end(body);
      })
      .catch(next);
  };
}
