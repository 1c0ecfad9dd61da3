/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** The three kinds of database that an older Elekto may have, read of one moment and never written to. */
import { DATABASE_URLS, databaseKind } from '@elekto/db/kind';
import { readAddress, UnfitDatabase } from '@elekto/db/mariadb-address';
import BetterSqlite from 'better-sqlite3';
import type { RowDataPacket } from 'mysql2/promise';
import pg from 'pg';

import { CliError } from '../cli-error.ts';

export type Row = Record<string, unknown>;

export interface Reader {
  /** Placeholders are $1, $2 ..., in that order; names that are words of a database stand in double quotes. */
  all(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  has(table: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens what is named as `openOldDatabase` says. @throws CliError */
export async function openReader(source: string): Promise<Reader> {
  const kind = databaseKind(source);
  if (kind === null && /^[a-z0-9+]+:\/\//i.test(source))
    throw new CliError(`the old database is none of ${DATABASE_URLS}`);
  try {
    if (kind === 'postgresql') return await openPostgres(source);
    return kind === 'mariadb' ? await openMariaDb(source) : openSqlite(source);
  } catch (error) {
    if (error instanceof UnfitDatabase)
      throw new CliError(`the old database cannot be opened: ${error.message}`);
    throw new CliError(`the old database cannot be opened (${codeOf(error)})`);
  }
}

export const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'unknown error';

function openSqlite(source: string): Reader {
  const path = source.replace(/^sqlite:(\/\/(?=\/))?/, '');
  const database = new BetterSqlite(path, { readonly: true, fileMustExist: true });
  return {
    all: async (statement, values = []) =>
      database.prepare(statement.replace(/\$\d+/g, '?')).all(...values) as Row[],
    has: async (table) =>
      database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !==
      undefined,
    close: async () => void database.close(),
  };
}

/** One read-only transaction, so that all tables are of the same moment. */
async function openPostgres(source: string): Promise<Reader> {
  // Timestamps without a zone are UTC; the driver would take them for local time.
  const types = {
    getTypeParser: ((id: number, format?: 'text') =>
      id === 1114 ? utc : pg.types.getTypeParser(id, format)) as never,
  };
  const client = new pg.Client({ connectionString: source, connectionTimeoutMillis: 10_000, types });
  await client.connect();
  await client.query('begin transaction isolation level repeatable read read only');
  return {
    all: async (statement, values = []) => (await client.query<Row>(statement, [...values])).rows,
    has: async (table) =>
      (
        await client.query(
          'select 1 from information_schema.tables where table_schema = current_schema() and table_name = $1',
          [table],
        )
      ).rows.length > 0,
    close: () => client.end(),
  };
}

const utc = (value: string): Date => new Date(`${value.replace(' ', 'T')}Z`);

const TABLE =
  'select 1 from information_schema.tables where table_schema = database() and table_name = binary $1';

/** One read-only snapshot. Timestamps come as text without a zone, which is UTC as in SQLite. */
async function openMariaDb(source: string): Promise<Reader> {
  const { createConnection } = await import('mysql2/promise');
  const client = await createConnection({
    ...readAddress(source),
    connectTimeout: 10_000,
    charset: 'utf8mb4',
    dateStrings: true,
  });
  const all = async (statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await client.execute<RowDataPacket[]>(statement.replace(/\$\d+/g, '?'), [...values] as string[]))[0];
  for (const setting of [
    `set sql_mode = 'ANSI_QUOTES', time_zone = '+00:00'`,
    'set session transaction isolation level repeatable read',
    'start transaction with consistent snapshot, read only',
  ])
    await client.query(setting);
  return {
    all,
    has: async (table) => (await all(TABLE, [table])).length > 0,
    close: () => client.end(),
  };
}
