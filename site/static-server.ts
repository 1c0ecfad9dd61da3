/** Serves a built site as it should be served: compressed, with its policy; the API answers as given. For previews and tests, to this machine alone. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AddressInfo } from 'node:net';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.csv': 'text/csv; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.atom': 'application/atom+xml',
  '.rss': 'application/rss+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

export interface StaticServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Nobody is signed in. */
export const SIGNED_OUT = () => ({ result: { data: { user: null, now: Date.now(), elections: [] } } });

/**
 * Serves the site of a folder, or of the one that a function names for each request, to this machine alone. `api` answers `/trpc/*` and
 * `/auth/*`; by default nobody is signed in and nothing else exists.
 */
export async function serveSite(
  from: string | (() => Promise<string>),
  api?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>,
  port = 0,
): Promise<StaticServer> {
  const dirOf = typeof from === 'string' ? () => Promise.resolve(from) : from;
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://x');
      if (api && (await api(request, response))) return;
      if (url.pathname === '/trpc/me.get') {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(SIGNED_OUT()));
        return;
      }
      if (url.pathname === '/trpc/me.stand') {
        const data = { user: null, stand: null, links: null, opensAt: 0, closesAt: 0, exceptionsDueAt: 0 };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ result: { data } }));
        return;
      }
      const dir = await dirOf();
      const csp = JSON.parse(await readFile(join(dir, 'csp.json'), 'utf8')) as { header: string };
      let path = normalize(decodeURIComponent(url.pathname));
      if (path.endsWith('/')) path += 'index.html';
      let status = 200;
      let body = await readFile(join(dir, path)).catch(() => null);
      if (!body) {
        status = 404;
        path = '/404.html';
        body = await readFile(join(dir, path));
      }
      const zips = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      response.writeHead(status, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        ...(zips && { 'content-encoding': 'gzip' }),
        'content-security-policy': csp.header,
        'cache-control': path.startsWith('/_assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      response.end(zips ? gzipSync(body) : body);
    })().catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
