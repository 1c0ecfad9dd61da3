/**
 * Programs of the project in one piece, and what each was made of. Not TypeScript, as the server's entry reads it before anything
 * else: Node's own reader of types takes 18 MB for as long as the process lives.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Each lies in a folder of its own: the program, and beside it the list of its sources and their digest. */
export const PIECES = {
  server: { entry: 'apps/server/src/main.ts', dir: join(root, 'apps/server/dist') },
  command: { entry: 'packages/cli/src/run.ts', dir: join(root, 'packages/cli/dist') },
};
export const PIECE = { program: 'main.mjs', madeOf: 'made-of.json' };

/** Of the content of files, as paths from the root of the checkout. */
export function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Path of the program in one piece in `dir`; null where there is none of exactly these sources. */
export function pieceOfSources(dir) {
  try {
    const { files, digest } = JSON.parse(readFileSync(join(dir, PIECE.madeOf), 'utf8'));
    return digestOf(files) === digest ? join(dir, PIECE.program) : null;
  } catch {
    return null;
  }
}

/** The file beside a program in one piece that a source became which is started as a thread or a process; both by their paths from the root. */
export const startedName = (source) => source.replaceAll(/[\\/]/g, '-').replace(/ts$/, 'mjs');

/** Path of what the server starts of this source, from beside the server in one piece; null where there is none of these sources. */
export function startedInPiece(source) {
  const server = pieceOfSources(PIECES.server.dir);
  return server === null ? null : join(dirname(server), startedName(source));
}
