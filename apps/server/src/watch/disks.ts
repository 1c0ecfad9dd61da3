/** The disks that a server writes to. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Config } from '../config/config.ts';

export interface Disk {
  /** What lies on it, in a word: a label of the metrics. */
  readonly holds: 'data' | 'keys' | 'database' | 'backups';
  readonly path: string;
}

type Places = Pick<Config, 'dataDir' | 'secretsDir' | 'databaseUrl' | 'backups'>;

/** Those of this machine: where PostgreSQL keeps its data is not seen from here. */
export function disksOf({ dataDir, secretsDir, databaseUrl, backups }: Places): readonly Disk[] {
  const disks: Disk[] = [
    { holds: 'data', path: dataDir },
    { holds: 'keys', path: secretsDir },
  ];
  if (databaseUrl.startsWith('sqlite:/'))
    disks.push({ holds: 'database', path: databaseUrl.slice('sqlite:'.length) });
  if (backups.database !== null) disks.push({ holds: 'backups', path: backups.database.dir });
  return disks;
}

/** Bytes that are free on the disk of `path`, or of its nearest folder that is there, and which share of it that is, 0 to 1. */
export async function roomAt(path: string): Promise<{ free: number; share: number }> {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const { bavail, bsize, blocks } = await statfs(there);
  return { free: bavail * bsize, share: blocks === 0 ? 1 : bavail / blocks };
}
