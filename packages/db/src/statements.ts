/** What databases write differently: the callers say what they want. */
import type { EntityManager } from '@mikro-orm/sql';
import { sql } from 'kysely';
import type { Insertable, RawBuilder, SelectQueryBuilder } from 'kysely';
import { dialectOf } from './dialect.ts';
import { DatabaseFault, toFault } from './fault.ts';
import { prepared } from './prepared.ts';
import { tables, type Tables } from './tables.ts';

/**
 * Writes a row; false, and nothing is changed, where one with the same primary key or another unique value is there.
 * Whoever writes the same key in another transaction is waited for.
 */
export async function insertUnlessThere<Name extends keyof Tables & string>(
  em: EntityManager,
  table: Name,
  row: Insertable<Tables[Name]>,
): Promise<boolean> {
  return insertAllUnlessThere(em, table, [row]);
}

/**
 * As `insertUnlessThere`, for rows of the same columns in one statement. False where any of them was there: then others of
 * them may be written, and the caller has the transaction undone.
 */
export async function insertAllUnlessThere<Name extends keyof Tables & string>(
  em: EntityManager,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<boolean> {
  const columns = columnsOf(rows);
  const name = [table, rows.length, ...columns].join(' ');
  const insert = inserts.get(name) ?? prepareInsert(table, columns, rows.length);
  inserts.set(name, insert);
  const values = valuesOf(columns, rows);
  if (dialectOf(em) === 'mariadb') return insertedIntoMariaDb(() => insert(em, values));
  return (await insert(em, values)).numAffectedRows === BigInt(rows.length);
}

/** By table, number of rows and columns: as many as the callers write. */
const inserts = new Map<string, ReturnType<typeof prepareInsert>>();

const prepareInsert = (table: keyof Tables & string, columns: readonly string[], rows: number) =>
  prepared((em, given: Given) => {
    const insert = insertOf(em, table, columns, rows, given);
    return (
      dialectOf(em) === 'mariadb' ? insert : insert.onConflict((conflict) => conflict.doNothing())
    ).compile();
  });

/** The values of several rows, by `nameIn`. */
type Given = Readonly<Record<string, unknown>>;

/** A column of one of several rows, among the values of a statement. */
const nameIn = (row: number, column: string): string => `${row} ${column}`;

/** Those that the first row gives; all give the same. */
function columnsOf(rows: readonly object[]): string[] {
  const [first = {}] = rows as readonly Given[];
  return Object.keys(first).filter((column) => first[column] !== undefined);
}

const valuesOf = (columns: readonly string[], rows: readonly object[]): Given =>
  Object.fromEntries(
    (rows as readonly Given[]).flatMap((row, at) =>
      columns.map((column) => [nameIn(at, column), row[column]]),
    ),
  );

function insertOf(
  em: EntityManager,
  table: keyof Tables & string,
  columns: readonly string[],
  rows: number,
  given: Given,
) {
  const values = Array.from({ length: rows }, (_, at) =>
    Object.fromEntries(columns.map((column) => [column, given[nameIn(at, column)]])),
  );
  return tables(em).insertInto(table).values(values);
}

/**
 * A statement that fails there on a key undoes itself and leaves the transaction as it was. `insert ignore` would also
 * ignore what is too long or refers to nothing, and `on duplicate key update` does not tell what it did.
 */
async function insertedIntoMariaDb(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    const fault = toFault(error);
    if (fault instanceof DatabaseFault && fault.kind === 'unique') return false;
    throw error;
  }
}

/** Writes a row, or its columns other than `key` over those of the row that has this primary key. */
export const putRow = <Name extends keyof Tables & string>(
  em: EntityManager,
  table: Name,
  key: readonly (keyof Tables[Name] & string)[],
  row: Insertable<Tables[Name]>,
): Promise<void> => putRows(em, table, key, [row]);

/** As `putRow`, for rows of the same columns and different keys in one statement. */
export async function putRows<Name extends keyof Tables & string>(
  em: EntityManager,
  table: Name,
  key: readonly (keyof Tables[Name] & string)[],
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const columns = columnsOf(rows);
  const name = [table, rows.length, ...key, ...columns].join(' ');
  const put = puts.get(name) ?? preparePut(table, key, columns, rows.length);
  puts.set(name, put);
  await put(em, valuesOf(columns, rows));
}

/** As `inserts`. */
const puts = new Map<string, ReturnType<typeof preparePut>>();

const preparePut = (
  table: keyof Tables & string,
  key: readonly string[],
  columns: readonly string[],
  rows: number,
) =>
  prepared((em, given: Given) => {
    const isMariaDb = dialectOf(em) === 'mariadb';
    // Of what was given to be inserted: each value travels once, as a packet has an end.
    const changes = Object.fromEntries(
      columns
        .filter((column) => !key.includes(column))
        .map((column) => [
          column,
          isMariaDb ? sql`values(${sql.ref(column)})` : sql.ref(`excluded.${column}`),
        ]),
    );
    const insert = insertOf(em, table, columns, rows, given);
    return (
      isMariaDb
        ? insert.onDuplicateKeyUpdate(changes)
        : insert.onConflict((conflict) => conflict.columns(key as never[]).doUpdateSet(changes))
    ).compile();
  });

/** `none`: as it was last committed. `share`: others may read it, and none changes it. `update`: whoever locks it waits. */
export type RowLock = 'none' | 'share' | 'update';

/**
 * The query whose rows stay locked to the end of the transaction, and are as the last commit left them. SQLite needs
 * no lock: its transactions exclude each other.
 *
 * @param of the table whose rows are meant, where the query joins several; where a database cannot tell, all are locked.
 */
export function lockRows<DB, Joined extends keyof DB, Row>(
  em: EntityManager,
  query: SelectQueryBuilder<DB, Joined, Row>,
  lock: RowLock,
  of?: Joined & string,
): SelectQueryBuilder<DB, Joined, Row> {
  if (lock === 'none' || dialectOf(em) === 'sqlite') return query;
  // MariaDB knows neither `for share` nor tables to mean; MySQL understands what it knows.
  if (dialectOf(em) === 'mariadb')
    return query.modifyEnd(lock === 'share' ? sql`lock in share mode` : sql`for update`);
  const meant = of as never;
  return lock === 'share' ? query.forShare(meant) : query.forUpdate(meant);
}

/**
 * What a column of bytes holds, as bytes. SQLite keeps a value of any type in any column: a text or a number that somebody
 * wrote there with its own means becomes bytes that no key opens and no hash knows.
 */
export const asBytes = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : Buffer.from(String(value));

/** The last `bytes` of a column of bytes, without the rest of it being sent. */
export const tailOf = (column: string, bytes: number): RawBuilder<Uint8Array> =>
  sql<Uint8Array>`substr(${sql.ref(column)}, length(${sql.ref(column)}) - ${sql.lit(bytes - 1)})`;

/** Whether `unlessKnown` leaves out anything. SQLite hands bytes over within the process, and MariaDB sends them as they are. */
export const leavesOutKnown = (em: EntityManager): boolean => dialectOf(em) === 'postgresql';

/**
 * A column of bytes; null in a row whose bytes the caller has at hand. PostgreSQL sends bytes as text of twice their length, which its
 * driver gathers and reads for longer than the database hashes them.
 *
 * @param known for values of the column `key`, which tells the rows apart, the SHA-256 of what is at hand. Each is compared with the
 *   bytes of its own row, as they lie there when the row is read; where it is not the same, also of no length, the bytes are sent.
 */
export function unlessKnown(
  em: EntityManager,
  column: string,
  key: string,
  known: readonly (readonly [value: unknown, hash: unknown])[],
): RawBuilder<Uint8Array | null> {
  const bytes = sql.ref<Uint8Array | null>(column);
  if (!leavesOutKnown(em)) return sql`${bytes}`;
  const pairs = known.map(([value, hash]) => sql`(${value}, ${hash})`);
  return sql`case when (${sql.ref(key)}, sha256(${bytes})) in (${sql.join(pairs)}) then null else ${bytes} end`;
}
