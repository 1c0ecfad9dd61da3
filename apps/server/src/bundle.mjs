/**
 * Where the server is in one piece, and what it was made of. Not TypeScript, as the entry reads it before anything else: Node's
 * own reader of types takes 18 MB for as long as the process lives.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

export const BUNDLE_DIR = join(import.meta.dirname, '../dist');
/** The program, and beside it the list of its sources and their digest. */
export const BUNDLE = { program: 'main.mjs', madeOf: 'made-of.json' };

/** Of the content of files, as paths from the root of the checkout. */
export function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Path of the program in one piece; null where there is none of exactly these sources. */
export function bundleOfSources(dir = BUNDLE_DIR) {
  try {
    const { files, digest } = JSON.parse(readFileSync(join(dir, BUNDLE.madeOf), 'utf8'));
    return digestOf(files) === digest ? join(dir, BUNDLE.program) : null;
  } catch {
    return null;
  }
}
