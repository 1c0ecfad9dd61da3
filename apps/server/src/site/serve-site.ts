/** Answers GET and HEAD from a built site: ETag, compression made once, hashed files for ever. */
import type { Request, RequestHandler, Response } from 'express';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
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

function encodingFor(req: IncomingMessage, file: SiteFile): Encoding {
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

/** The headers of a file that is sent whole, without its length. */
function headersOf(file: SiteFile, encoding: Encoding): Record<string, string> {
  return {
    ...validatorsOf(file, encoding),
    'Content-Type': file.type,
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
  };
}

/** The headers of a file that the client has already. */
function validatorsOf(file: SiteFile, encoding: Encoding): Record<string, string> {
  return {
    'Content-Security-Policy': file.policy,
    'Cache-Control': file.cacheControl,
    ETag: `"${file.hash}${encoding === 'identity' ? '' : `-${encoding}`}"`,
    ...(file.compressible && { Vary: 'Accept-Encoding' }),
  };
}

const isKnownTo = (req: IncomingMessage, file: SiteFile): boolean =>
  req.headers['if-none-match']?.includes(file.hash) ?? false;

export interface SiteServer {
  /**
   * Serves whatever the site is at the time of the request; passes on what it does not have. `/a` leads to `/a/` where
   * only that exists.
   */
  readonly handler: RequestHandler;
  /**
   * Answers before Express what is asked for most: a page that is in memory, by its plain address. False where there is
   * more to do, or `admits` (asked last) says no; then nothing has been sent. What is sent is what `handler` sends,
   * but for an id of the request, which only failures need.
   */
  readonly atOnce: (
    req: IncomingMessage,
    res: ServerResponse,
    admits: (req: IncomingMessage) => boolean,
  ) => boolean;
}

/** `always`: headers of every answer, for `atOnce`; behind Express they are set by then. */
export function createSiteServer(
  current: () => SiteFiles | null,
  always: ReadonlyMap<string, string> = new Map(),
): SiteServer {
  const cache = new BodyCache();
  const heads = new WeakMap<SiteFile, Map<string, string[]>>();

  /** Name, value, name, value, as `writeHead` takes them fastest; made once. */
  function headOf(file: SiteFile, encoding: Encoding, length: number | null): string[] {
    const ofFile = heads.get(file) ?? new Map<string, string[]>();
    heads.set(file, ofFile);
    const name = length === null ? `known ${encoding}` : encoding;
    let head = ofFile.get(name);
    if (head === undefined) {
      const own = length === null ? validatorsOf(file, encoding) : headersOf(file, encoding);
      const all = new Map([...always, ...Object.entries(own)]);
      if (length !== null) all.set('Content-Length', String(length));
      head = [...all].flat();
      ofFile.set(name, head);
    }
    return head;
  }

  async function send(req: Request, res: Response, file: SiteFile): Promise<void> {
    const encoding = encodingFor(req, file);
    if (isKnownTo(req, file)) {
      res.status(304).set(validatorsOf(file, encoding));
      return void res.end();
    }
    const key = file.hash + encoding;
    const body = cache.peek(key) ?? (await cache.load(key, file, encoding));
    res.status(200).setHeaders(new Map(Object.entries(headersOf(file, encoding))));
    res.setHeader('Content-Length', body.length);
    res.end(req.method === 'HEAD' ? undefined : body);
  }

  const atOnce: SiteServer['atOnce'] = (req, res, admits) => {
    const file = req.method === 'GET' ? current()?.files.get(req.url ?? '') : undefined;
    if (file === undefined) return false;
    const encoding = encodingFor(req, file);
    const known = isKnownTo(req, file);
    const body = known ? null : cache.peek(file.hash + encoding);
    if (body === undefined || !admits(req)) return false;
    res.writeHead(known ? 304 : 200, headOf(file, encoding, body?.length ?? null));
    res.end(body ?? undefined);
    return true;
  };

  const handler: RequestHandler = (req, res, next) => {
    const site = req.method === 'GET' || req.method === 'HEAD' ? current() : null;
    const path = site && decoded(req.path);
    if (!site || path === null) return next();
    const file = site.files.get(path);
    if (file) {
      // A page that is removed by a swap between lookup and reading is simply gone.
      return void send(req, res, file).catch(next);
    }
    if (!path.endsWith('/') && site.files.has(`${path}/`)) {
      const query = req.originalUrl.slice(req.originalUrl.split('?')[0]?.length ?? 0);
      return res.redirect(308, `${req.path.replace(/^\/+/, '/')}/${query}`);
    }
    next();
  };
  return { handler, atOnce };
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
