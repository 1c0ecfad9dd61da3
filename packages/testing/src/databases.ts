import { join } from 'node:path';
import { freshMariaDb, mariaDbs } from './mariadb.ts';
import { freshPostgres } from './postgres.ts';

/** A database that the suites are run on. */
export type DatabaseName = 'sqlite' | 'postgresql' | 'mariadb' | 'mysql';

/**
 * All that can be had here, for suites that ask the database something: what it locks, keeps, shows or loses.
 * packages/db/tests/mariadb.test.ts says aloud which cannot be had.
 */
export const ALL_DATABASES: readonly DatabaseName[] = ['sqlite', 'postgresql', ...mariaDbs()];

/** For the other suites, whose statements those have tried; all with `TEST_ALL_DATABASES=1`. */
export const DATABASES: readonly DatabaseName[] =
  process.env['TEST_ALL_DATABASES'] === '1' ? ALL_DATABASES : ['sqlite', 'postgresql'];

/** Where the server's suites run that name no database: SQLite, or what `TEST_DATABASE` names. */
export const USUAL_DATABASE: DatabaseName = usualDatabase(process.env['TEST_DATABASE'] ?? 'sqlite');

function usualDatabase(asked: string): DatabaseName {
  const found = ALL_DATABASES.find((name) => name === asked);
  if (found === undefined) throw new Error(`TEST_DATABASE=${asked}: here are ${ALL_DATABASES.join(', ')}`);
  return found;
}

/**
 * A fresh database of one's own; SQLite's file is put into `dir`. It is empty, or on PostgreSQL, where that costs
 * most, as `make` leaves one.
 */
export async function freshDatabase(
  name: DatabaseName,
  dir: string,
  make?: (url: string) => Promise<void>,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  if (name === 'postgresql') return freshPostgres(make);
  if (name !== 'sqlite') return freshMariaDb(name);
  return { url: `sqlite:${join(dir, 'elekto.sqlite')}`, drop: () => Promise.resolve() };
}
