import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../src/index.ts';

const ROOT = join(import.meta.dirname, '../../../../shared/data');

/** A folder of real public metadata beside the checkout; null, with a printed notice, where it is absent. */
export function sharedData(name: string): string | null {
  const path = join(ROOT, name);
  if (existsSync(path)) return path;
  console.warn(`NOTICE: ../shared/data/${name} is not here; its tests are not run.`);
  return null;
}

/** All files below a folder, with paths relative to it. */
export function filesBelow(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
