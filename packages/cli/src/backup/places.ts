import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

import { defaultSecretsDir } from '@elekto/ballot-box';
import { DATABASE_URLS, databaseKind } from '@elekto/db/kind';

import { CliError } from '../cli-error.ts';

/** Where the server of this environment keeps what cannot be made again. */
export interface Places {
  /** Path of the SQLite file; null when the database is a server. */
  readonly sqlite: string | null;
  /** As `startDatabase` of @elekto/db takes it. Holds a password: never printed. */
  readonly databaseUrl: string;
  readonly secretsDir: string;
  /** Whether a setting says where the database is; without, it is what a trial in this directory would have. */
  readonly isNamed: boolean;
}

const isServer = (url: string): boolean => ['postgresql', 'mariadb'].includes(databaseKind(url) ?? '');

const given = (env: NodeJS.ProcessEnv, name: string): string | undefined => {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
};

/**
 * Reads the same variables as the server: ELEKTO_DATA_DIR, ELEKTO_DATABASE_URL (or its _FILE), ELEKTO_SECRETS_DIR.
 * Looks at no file but the one of the URL, and for keys in the data directory.
 * @throws CliError when that file cannot be read or the URL is of another kind.
 */
export function placesFrom(env: NodeJS.ProcessEnv): Places {
  const dataDir = resolve(given(env, 'ELEKTO_DATA_DIR') ?? '.data');
  const secretsDir = resolve(given(env, 'ELEKTO_SECRETS_DIR') ?? defaultSecretsDir(dataDir));
  const url = given(env, 'ELEKTO_DATABASE_URL') ?? fromFile(env);
  const isNamed = url !== undefined || given(env, 'ELEKTO_DATA_DIR') !== undefined;
  if (url === undefined) {
    const sqlite = join(dataDir, 'elekto.db');
    return { sqlite, databaseUrl: `sqlite:${sqlite}`, secretsDir, isNamed };
  }
  if (isServer(url)) return { sqlite: null, databaseUrl: url, secretsDir, isNamed };
  if (!url.startsWith('sqlite:')) {
    throw new CliError(`ELEKTO_DATABASE_URL is none of ${DATABASE_URLS}`);
  }
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  const sqlite = isAbsolute(path) ? path : resolve(path);
  return { sqlite, databaseUrl: `sqlite:${sqlite}`, secretsDir, isNamed };
}

function fromFile(env: NodeJS.ProcessEnv): string | undefined {
  const file = given(env, 'ELEKTO_DATABASE_URL_FILE');
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CliError(
      `ELEKTO_DATABASE_URL_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}
