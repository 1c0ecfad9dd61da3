import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { nowIn } from './clock.ts';
import { DatabaseFault } from './fault.ts';
import { tables } from './tables.ts';

/**
 * What several servers on one database count together, for as long as a limit looks back. A row is named by
 * an HMAC under a key outside the database, of another value in each window, and holds a number and the end of
 * the window, which is the same for all. With SQLite there is one server, which counts in memory: these
 * functions are not for it.
 */
export interface RecentUses {
  /** All uses of the window so far, those of this call included. */
  readonly total: number;
  /** Until the window ends, whole seconds, at least 1. */
  readonly secondsLeft: number;
}

const nowMs = nowIn('postgresql');
const nameOf = (db: Database, name: string): string => db.authenticate('elekto/recent use/1', name);

/**
 * Adds `uses` of `name` in the present window of `windowSeconds`. Windows are those of the database's clock, so
 * that servers whose clocks differ count together. One statement; of servers at once none is lost.
 */
export async function countUses(
  db: Database,
  { name, uses, windowSeconds }: { name: string; uses: number; windowSeconds: number },
): Promise<RecentUses> {
  const length = windowSeconds * 1000;
  if (db.dialect === 'mariadb') return countInMariaDb(db, name, uses, length);
  const rows = await db.read((em) =>
    sql<{ uses: number; left: string }>`
      insert into recent_use (id, uses, ends_at)
      select sha256(convert_to(${nameOf(db, name)}::text || ':' || no, 'UTF8')), ${uses}::integer, (no + 1) * ${length}::bigint
      from (select ${nowMs} / ${length}::bigint as no) as present
      on conflict (id) do update set uses = recent_use.uses + excluded.uses
      returning uses, ends_at - ${nowMs} as left`.execute(tables(em)),
  );
  const [row] = rows.rows;
  return { total: row?.uses ?? uses, secondsLeft: Math.max(1, Math.ceil(Number(row?.left ?? 0) / 1000)) };
}

/**
 * Takes something that may be taken once: true for the first who asks, on whichever server. It is remembered for
 * `seconds` at least, and to the end of the minute, so that the row does not tell when it was written.
 */
export async function takeOnce(db: Database, name: string, seconds: number): Promise<boolean> {
  if (db.dialect === 'mariadb') return takeInMariaDb(db, name, seconds);
  const { rows } = await db.read((em) =>
    sql<{ uses: number }>`
      insert into recent_use (id, uses, ends_at)
      values (
        sha256(convert_to(${nameOf(db, name)}::text, 'UTF8')), 1,
        ((${nowMs} + ${seconds}::bigint * 1000) / 60000 + 1) * 60000
      )
      on conflict (id) do nothing returning uses`.execute(tables(em)),
  );
  return rows.length === 1;
}

/** Deletes what is over. Any server may do it at any time. */
export async function forgetUses(db: Database): Promise<void> {
  const { dialect } = db;
  await db.read((em) => sql`delete from recent_use where ends_at <= ${nowIn(dialect)}`.execute(tables(em)));
}

const idOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `last_insert_id` is what the connection's own statement made of the number, whatever others do at once. */
async function countInMariaDb(db: Database, name: string, uses: number, length: number): Promise<RecentUses> {
  return db.read(async (em) => {
    const now = await db.now(em);
    const no = Math.floor(now / length);
    const endsAt = (no + 1) * length;
    const { insertId } = await sql`
      insert into recent_use (id, uses, ends_at) values (${idOf(`${nameOf(db, name)}:${no}`)}, ${uses}, ${endsAt})
      on duplicate key update uses = last_insert_id(uses + ${uses})`.execute(tables(em));
    const total = insertId === undefined ? uses : Number(insertId);
    return { total, secondsLeft: Math.max(1, Math.ceil((endsAt - now) / 1000)) };
  });
}

async function takeInMariaDb(db: Database, name: string, seconds: number): Promise<boolean> {
  try {
    await db.read((em) =>
      sql`insert into recent_use (id, uses, ends_at)
        values (${idOf(nameOf(db, name))}, 1, ((${nowIn('mariadb')} + ${seconds * 1000}) div 60000 + 1) * 60000)`.execute(
        tables(em),
      ),
    );
    return true;
  } catch (error) {
    if (error instanceof DatabaseFault && error.kind === 'unique') return false;
    throw error;
  }
}
