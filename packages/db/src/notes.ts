/**
 * Small things that the servers of an installation keep for each other in the database. Each is authenticated under
 * the pepper: one that somebody else wrote, or moved to another name, is as good as none.
 */
import type { Database } from './database.ts';
import { putRow } from './statements.ts';
import { tables } from './tables.ts';

/** The note that holds the time, ms, at which an operator said that the database's clock is right. */
export const CLOCK_NOTE = 'clock accepted';

const macOf = (db: Database, name: string, body: string): string =>
  db.authenticate('elekto/note/1', name, body);

/** Keeps `body` under `name`, in place of what was there. */
export async function writeNote(db: Database, name: string, body: string): Promise<void> {
  const mac = macOf(db, name, body);
  await db.transaction((em) => putRow(em, 'note', ['name'], { name, body, mac }));
}

/** All genuine notes whose name begins with `prefix`, by name. */
export async function readNotes(db: Database, prefix: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db.read((em) => tables(em).selectFrom('note').selectAll().orderBy('name').execute());
  const genuine = rows.filter(
    ({ name, body, mac }) => name.startsWith(prefix) && mac === macOf(db, name, body),
  );
  return new Map(genuine.map(({ name, body }) => [name, body]));
}

/** Removes the notes of these names. */
export async function removeNotes(db: Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.transaction((em) =>
    tables(em)
      .deleteFrom('note')
      .where('name', 'in', [...names])
      .execute(),
  );
}
