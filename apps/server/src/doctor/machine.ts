/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** What this machine says: its disks, and who may read the keys. */
import { BackupError, newestSlot } from '@elekto/backup';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Config } from '../config/config.ts';
import { disksOf, roomAt } from '../watch/disks.ts';

import { look, well, wrong, type Finding } from './finding.ts';

const GB = 1024 ** 3;
/** Bytes: below, a build of the pages or a burst of ballots may fill the disk. */
const SCARCE = GB;
const ALMOST_FULL = GB / 10;

/** The disks that this installation writes to. */
export function diskFindings(config: Config): Promise<Finding[]> {
  return Promise.all(
    disksOf(config).map(async ({ holds, path }) => {
      const what = `disk of the ${holds}`;
      const { free, share } = await roomAt(path);
      const told = `${(free / GB).toFixed(1)} GB free (${Math.round(share * 100)} %) for ${path}`;
      if (free < ALMOST_FULL)
        return wrong(what, `${told}: make room now, ballots are refused when it is full`);
      return free < SCARCE ? look(what, `${told}: make room`) : well(what, told);
    }),
  );
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

const HOUR = 3_600_000;

/** How old the newest backup is that the server makes by itself, and whether the keys have one. */
export function backupFindings({ backups: { database, keys } }: Config, now: number): Finding[] {
  return [
    database === null ? NO_BACKUPS : ageFinding(database, now),
    ...(keys === null ? [] : [keysFinding(keys)]),
  ];
}

const NO_BACKUPS = look(
  'backup',
  'the server makes none by itself: set ELEKTO_BACKUP_DIR, where no job of yours does (docs/operators-backup.md)',
);

function ageFinding({ dir, everyMs }: NonNullable<Config['backups']['database']>, now: number): Finding {
  try {
    const at = existsSync(dir) ? newestSlot(dir) : null;
    if (at === null) return look('backup', `none in ${dir} yet: a server that runs makes one at once`);
    const hours = Math.floor((now - at) / HOUR);
    const told = `the newest in ${dir} is of ${new Date(at).toISOString()}, ${hours} hours ago`;
    return now - at > 2 * everyMs
      ? wrong('backup', `${told}: the log of the server says why`)
      : well('backup', told);
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return wrong('backup', error.message);
  }
}

function keysFinding({ dir }: NonNullable<Config['backups']['keys']>): Finding {
  const there = existsSync(join(dir, 'elekto.keys.age'));
  return there
    ? well('backup of the keys', `in ${dir}: see that it is copied to another place than the database's`)
    : look('backup of the keys', `none in ${dir} yet: a server that runs makes one at once`);
}
