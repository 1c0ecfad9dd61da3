/**
 * `npm run console:web`: the same renderer in the browser, reloading as it is edited, in front of a running
 * server (`npm start`, or the one that ELEKTO_SERVER names).
 */
import { join } from 'node:path';
import { createServer } from 'vite';

const folder = join(import.meta.dirname, '..');
const target = process.env['ELEKTO_SERVER'] ?? 'http://localhost:3000';

try {
  await fetch(new URL('/healthz', target), { signal: AbortSignal.timeout(5_000) });
} catch {
  process.stderr.write(
    `elekto: there is no Elekto server at ${target}. Start one with "npm start", or name another in ELEKTO_SERVER.\n`,
  );
  process.exit(1);
}

const server = await createServer({ configFile: join(folder, 'vite.web.config.ts') });
await server.listen();
process.stdout.write(
  `Officer console, in front of ${target}. Sign in at ${target}/console/ first, then open:\n`,
);
server.printUrls();

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void server.close().then(() => process.exit(0)));
