/** Where the bundles of these sources are. Apart from what makes them, as whoever only looks has no use for a bundler. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SITE_ROOT } from './paths.ts';
import { digestOfSources } from './sources.ts';

/** Where `scripts/build.ts` puts them when an image is made, and `npm start` at its first start. A renderer only reads here. */
export const PREBUILT = join(SITE_ROOT, 'dist');
/** The file in their folder that is written last. */
export const MANIFEST = 'islands.json';

/** The folder in `cacheDir` that is theirs, and the one where they are: it or one of `PREBUILT`, null when they are to be made. */
export async function islandsPlace(
  cacheDir: string,
): Promise<{ readonly dir: string; readonly found: string | null }> {
  const name = `islands-${await digestOfSources()}`;
  const dir = join(cacheDir, name);
  const found = [dir, join(PREBUILT, name)].find((place) => existsSync(join(place, MANIFEST)));
  return { dir, found: found ?? null };
}
