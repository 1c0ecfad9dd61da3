/**
 * The child process of `build.ts`: renders the sites that it is asked for, one after the other, and ends when the channel
 * to its parent does.
 */
import { join, resolve } from 'node:path';
import { makingOf } from './making.ts';
import type { FromRenderer, ToRenderer } from './messages.ts';
import { SITE_ROOT } from './paths.ts';
import { SnapshotReader } from './read-snapshot.ts';
import { openSiteRenderer } from './site-renderer.ts';

const cacheDir = resolve(
  process.env['ELEKTO_SITE_CACHE'] ?? join(SITE_ROOT, 'node_modules/.cache/elekto-site'),
);
const reader = new SnapshotReader();
const opened = openSiteRenderer(cacheDir);
// Told to whoever asks for a site.
opened.catch(() => undefined);

const send = (message: FromRenderer): Promise<void> =>
  new Promise((sent) => (process.send ? process.send(message, () => sent()) : sent()));

async function render({ dataFile, outDir, before, indexed }: ToRenderer): Promise<void> {
  const started = performance.now();
  const making = makingOf(resolve(outDir), (file, made, of) => void send({ kind: 'making', file, made, of }));
  try {
    const renderer = await opened;
    const snapshot = reader.read(dataFile);
    const report = await renderer.render({
      snapshot,
      outDir: resolve(outDir),
      before: before === null ? null : resolve(before),
      indexed,
      told: making.at,
    });
    making.end();
    // A site that is the only one ends with the process; pages do not wait for what only the next one is helped by.
    if (!indexed) await renderer.settle();
    await send({ kind: 'made', ...report, milliseconds: Math.round(performance.now() - started) });
    if (indexed) await renderer.settle();
  } catch (error) {
    making.end();
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await send({ kind: 'failed', said });
  }
}

let queue = Promise.resolve();
process.on('message', (message: ToRenderer) => {
  queue = queue.then(() => render(message));
});
process.on('disconnect', () => {
  void opened
    .then((renderer) => renderer.close())
    .catch(() => undefined)
    .then(() => process.exit(0));
});
