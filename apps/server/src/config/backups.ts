/** The settings of the backups that the server makes by itself. */
import { resolve } from 'node:path';

import { checkWritable, isWithin } from './checks.ts';
import type { VariableName } from './variables.ts';

export interface BackupSettings {
  readonly database: {
    readonly dir: string;
    readonly recipient: string;
    readonly everyMs: number;
    readonly keep: number;
  } | null;
  readonly keys: { readonly dir: string; readonly recipient: string } | null;
}

type Given = Partial<Record<VariableName, string>>;
type Places = Readonly<Record<'ELEKTO_DATA_DIR' | 'ELEKTO_SECRETS_DIR', string>>;

const DATABASE = ['ELEKTO_BACKUP_DIR', 'ELEKTO_BACKUP_RECIPIENT'] as const;
const KEYS = ['ELEKTO_BACKUP_KEYS_DIR', 'ELEKTO_BACKUP_KEYS_RECIPIENT'] as const;

/** What is wrong between these settings, and with the directories that they name. */
export function checkBackups(given: Given, places: Places, problems: string[]): void {
  const dirs: (readonly [string, string])[] = [];
  for (const [dir, recipient] of [DATABASE, KEYS]) {
    const path = given[dir];
    if (path === undefined) continue;
    if (given[recipient] === undefined)
      problems.push(
        `${recipient} is not set: it is the public key that ${dir} is encrypted to; elekto backup --new-identity <file> makes one, best on another machine.`,
      );
    for (const [name, other] of [...Object.entries(places), ...dirs])
      if (isWithin(resolve(path), other) || isWithin(other, resolve(path)))
        problems.push(`${dir} lies in the place of ${name}, or around it: name one apart from it.`);
    dirs.push([dir, resolve(path)]);
    checkWritable(dir, resolve(path), problems);
  }
  const key = given.ELEKTO_BACKUP_RECIPIENT;
  if (key !== undefined && key === given.ELEKTO_BACKUP_KEYS_RECIPIENT)
    problems.push(
      'ELEKTO_BACKUP_KEYS_RECIPIENT is that of the database: who has database and keys can read ballots, so give them to two people.',
    );
}

export function backupSettings(values: {
  readonly ELEKTO_BACKUP_DIR?: string | undefined;
  readonly ELEKTO_BACKUP_RECIPIENT?: string | undefined;
  readonly ELEKTO_BACKUP_EVERY: number;
  readonly ELEKTO_BACKUP_KEEP: number;
  readonly ELEKTO_BACKUP_KEYS_DIR?: string | undefined;
  readonly ELEKTO_BACKUP_KEYS_RECIPIENT?: string | undefined;
}): BackupSettings {
  const { ELEKTO_BACKUP_DIR: dir, ELEKTO_BACKUP_RECIPIENT: recipient } = values;
  const { ELEKTO_BACKUP_KEYS_DIR: keysDir, ELEKTO_BACKUP_KEYS_RECIPIENT: keysRecipient } = values;
  return {
    database:
      dir === undefined || recipient === undefined
        ? null
        : {
            dir: resolve(dir),
            recipient,
            everyMs: values.ELEKTO_BACKUP_EVERY * 3_600_000,
            keep: values.ELEKTO_BACKUP_KEEP,
          },
    keys:
      keysDir === undefined || keysRecipient === undefined
        ? null
        : { dir: resolve(keysDir), recipient: keysRecipient },
  };
}
