/** What somebody who may write every row of the database does with it. */
import { sql, tables } from '@elekto/db';
import type { Database, EntityManager, Tables } from '@elekto/db';

/** Parents before children. */
export const TABLES = [
  'installation',
  'user_account',
  'session',
  'election',
  'roll_binding',
  'result',
  'participation',
  'voided_participation',
  'ballot_box',
  'released_record',
  'unlock_failure',
  'checkpoint',
  'exception_request',
  'office',
  'audit_event',
  'note',
  'board_post',
  'board_file',
] as const satisfies readonly (keyof Tables)[];
export type TableName = (typeof TABLES)[number];
export type Row = Record<string, unknown>;
export type Copy = Readonly<Record<TableName, readonly Row[]>>;

export async function readRows(em: EntityManager, table: TableName): Promise<Row[]> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)} order by 1, 2`.execute(tables(em));
  return rows;
}

/** Every row there is. */
export const copyRows = (db: Database): Promise<Copy> =>
  db.read(async (em) => {
    const all: [TableName, Row[]][] = [];
    for (const table of TABLES) all.push([table, await readRows(em, table)]);
    return Object.fromEntries(all) as unknown as Copy;
  });

async function insertRows(em: EntityManager, table: TableName, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    await tables(em)
      .insertInto(table)
      .values(row as never)
      .execute();
  }
}

/** Puts tables back as they were; all of them when none is named. Only with tables that belong together. */
export const putBack = (db: Database, copy: Copy, names: readonly TableName[] = TABLES): Promise<void> =>
  db.transaction(async (em) => {
    for (const table of names.toReversed()) await sql`delete from ${sql.table(table)}`.execute(tables(em));
    for (const table of names) await insertRows(em, table, copy[table]);
  });

/** Changes rows in the place where they stand. */
export const overwrite = (
  db: Database,
  table: 'election' | 'ballot_box',
  rows: readonly Row[],
): Promise<void> =>
  db.transaction(async (em) => {
    for (const row of rows) {
      const where = table === 'election' ? (['id'] as const) : (['election', 'shard'] as const);
      let query = tables(em)
        .updateTable(table)
        .set(row as never);
      for (const column of where) query = query.where(column as never, '=', row[column] as never);
      await query.execute();
    }
  });
