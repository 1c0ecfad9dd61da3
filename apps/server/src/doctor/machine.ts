/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** What this machine says: its disks, and who may read the keys. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Config } from '../config/config.ts';

import { look, well, wrong, type Finding } from './finding.ts';

const GB = 1024 ** 3;
/** Bytes: below, a build of the pages or a burst of ballots may fill the disk. */
const SCARCE = GB;
const ALMOST_FULL = GB / 10;

/** The disks of the data directory, the keys and the database. */
export function diskFindings(config: Config): Finding[] {
  const places = new Map([
    ['ELEKTO_DATA_DIR', config.dataDir],
    ['ELEKTO_SECRETS_DIR', config.secretsDir],
  ]);
  if (config.databaseUrl.startsWith('sqlite:/'))
    places.set('database', config.databaseUrl.slice('sqlite:'.length));
  return [...places].map(([name, path]) => {
    const there = nearest(path);
    const { bavail, bsize, blocks } = statfsSync(there);
    const free = bavail * bsize;
    const share = blocks === 0 ? 1 : bavail / blocks;
    const told = `${(free / GB).toFixed(1)} GB free (${Math.round(share * 100)} %) for ${path}`;
    if (free < ALMOST_FULL)
      return wrong(`disk of ${name}`, `${told}: make room now, ballots are refused when it is full`);
    return free < SCARCE ? look(`disk of ${name}`, `${told}: make room`) : well(`disk of ${name}`, told);
  });
}

function nearest(path: string): string {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  return there;
}

/** Who else on this machine could read the keys. */
export function keysDirectoryFinding({ secretsDir }: Config): Finding {
  const what = 'secrets directory';
  if (!existsSync(join(secretsDir, 'master.key')))
    return look(
      what,
      `${secretsDir} holds no keys: the first start makes them. Where there were keys, its volume is not mounted`,
    );
  const { mode } = statSync(secretsDir);
  return (mode & 0o077) === 0
    ? well(what, `${secretsDir} is its owner's alone`)
    : wrong(what, `${secretsDir} is open to others: chmod 700 it`);
}
