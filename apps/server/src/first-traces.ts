/** What a start makes on disk, and what a start that fails takes away again. */
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Config } from './config/config.ts';
import { makeDirectory, removeDirectories } from './make-directory.ts';

export interface FirstTraces {
  /** Removes what this start has made. What was there before stays. */
  remove(): void;
}

/**
 * Makes the directories that are missing. Keys that may already be in use elsewhere are never removed: a
 * database server that has seen them holds what only they open, and another server may have begun with them. A new
 * SQLite database goes together with its new keys.
 */
export function makePlaces(config: Config): FirstTraces {
  const file = sqliteFile(config.databaseUrl);
  const database = file === null ? [] : [file, `${file}-wal`, `${file}-shm`, `${file}-journal`];
  const caches = ['meta-cache', 'site'].map((name) => join(config.dataDir, name));
  const keys = ['master.key', 'signing.key', 'elections', 'witness'].map((name) =>
    join(config.secretsDir, name),
  );
  const goTogether = file !== null && [...database, ...keys].every((path) => !existsSync(path));
  const ours = [...caches, ...(goTogether ? [...database, ...keys] : [])].filter((path) => !existsSync(path));
  const made: string[] = [];
  const remove = (): void => {
    for (const path of ours) rmSync(path, { recursive: true, force: true });
    removeDirectories(made);
  };
  try {
    made.push(...makeDirectory(config.dataDir, 'ELEKTO_DATA_DIR'));
    made.push(...makeDirectory(config.secretsDir, 'ELEKTO_SECRETS_DIR'));
    if (file !== null) made.push(...makeDirectory(dirname(file), 'ELEKTO_DATABASE_URL'));
  } catch (error) {
    remove();
    throw error;
  }
  return { remove };
}

function sqliteFile(url: string): string | null {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : ':memory:';
  return path === ':memory:' ? null : path;
}
