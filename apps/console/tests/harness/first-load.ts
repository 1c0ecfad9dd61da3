/** What a built page loads before anything is asked of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of script, each file gzipped, that `index.html` of this folder names. */
export function firstScriptBytes(folder: string): number {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = [...page.matchAll(/assets\/[\w.-]+\.js/g)].map(([file]) => file);
  return [...new Set(files)]
    .map((file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}
