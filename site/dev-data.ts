/**
 * Makes the site's data file from any folder with elections, for work on pages:
 * `node site/dev-data.ts <repository folder> <elections folder> <out.json>`
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTree } from '@elekto/election';
import type { SourceFile } from '@elekto/election';
import { snapshotOf } from './preview.ts';
import type { SiteSnapshot } from './src/data/model.ts';

/** The snapshot of a plain folder as it would look at `now`. */
export async function snapshotOfFolder(
  root: string,
  electionsDir: string,
  now: number,
): Promise<SiteSnapshot> {
  const files: SourceFile[] = [];
  for (const entry of await readdir(join(root, electionsDir), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(md|ya?ml|csv|json)$/i.test(entry.name)) continue;
    const full = join(entry.parentPath, entry.name);
    files.push({
      path: full.slice(root.length + 1).replaceAll('\\', '/'),
      text: await readFile(full, 'utf8'),
    });
  }
  const tree = readTree(electionsDir, files);
  return {
    ...snapshotOf(tree, { commit: `dir-${'0'.repeat(40)}`, now }),
    siteOrigin: 'http://localhost:4321',
    version: '0.1.0',
  };
}

if (import.meta.main) {
  const [root = '', electionsDir = '', out = ''] = process.argv.slice(2);
  const now = Number(process.env['NOW'] ?? Date.now());
  await writeFile(out, JSON.stringify(await snapshotOfFolder(root, electionsDir, now)));
}
