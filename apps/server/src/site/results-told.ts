/** What the pages being served say of each election's result: worked out once, by the build that made them. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import type { SiteFiles } from './site-files.ts';

const openData = z.object({
  elections: z.array(z.object({ key: z.string(), result: z.string().nullable() })),
});

const NOTHING: ReadonlyMap<string, string | null> = new Map();
const known = new WeakMap<SiteFiles, Promise<ReadonlyMap<string, string | null>>>();

/** By key: the `result` of elections.json; nothing where there is no such file. */
export function resultsTold(site: SiteFiles | null): Promise<ReadonlyMap<string, string | null>> {
  if (site === null) return Promise.resolve(NOTHING);
  const told = known.get(site) ?? readResults(site);
  known.set(site, told);
  return told;
}

async function readResults({ files }: SiteFiles): Promise<ReadonlyMap<string, string | null>> {
  const path = files.get('/elections.json')?.path;
  if (path === undefined) return NOTHING;
  const read = openData.safeParse(JSON.parse(await readFile(path, 'utf8')));
  return read.success ? new Map(read.data.elections.map(({ key, result }) => [key, result])) : NOTHING;
}
