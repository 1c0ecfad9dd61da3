/** Builds the harness page once for all suites of a run and serves it. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { isBuilt } from '../../../../scripts/build-console.ts';
import { takeTurn } from './build-once.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the files below `folder` on loopback, with the policy that the app's own pages have. */
export async function serveFolder(folder: string, csp?: string): Promise<Served> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname).replace(
      /\/$/,
      '/index.html',
    );
    readFile(join(folder, path)).then(
      (content) => {
        response.writeHead(200, {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          ...(csp === undefined ? {} : { 'content-security-policy': csp }),
        });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const harness = join(import.meta.dirname, '../../dist/harness');
const isReady = (): boolean =>
  isBuilt('apps/console/dist/harness/index.html', ['apps/console/tests/harness']);

/** The renderer on the server in memory, built with React's production build. */
export async function serveHarness(): Promise<Served> {
  if (isReady()) return serveFolder(harness);
  const giveBack = takeTurn('harness');
  try {
    if (!isReady()) await buildHarness();
  } finally {
    giveBack();
  }
  return serveFolder(harness);
}

async function buildHarness(): Promise<void> {
  // Vite takes the mode of JSX from here, and a test runner has put its own name in.
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    root: import.meta.dirname,
    configFile: false,
    base: './',
    logLevel: 'error',
    mode: 'production',
    plugins: [react()],
    build: { outDir: harness, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
  });
  process.env['NODE_ENV'] = environment ?? '';
}
