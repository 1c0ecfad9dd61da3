/**
 * Small things that the servers of an installation keep for each other in the database. Each is authenticated under a
 * key outside of it and numbered there: one that somebody else wrote, moved to another name or put back is as good as
 * none.
 */
import { insertUnlessThere, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from './context.ts';
import { INSTALLATION } from './keys/witness.ts';
import type { Fact } from './keys/witness.ts';
import { ok } from './result.ts';
import { onceCommitted, transact } from './transact.ts';

/** The note that holds the time, ms, at which an operator said that the database's clock is right. */
export const CLOCK_NOTE = 'clock accepted';

/** The note that holds whose accounts a database has: the kind of the provider, a space, and where it is. */
export const PROVIDER_NOTE = 'sign-in provider';

/** The note that is there when logins of that provider are compared with their case: `exact`. */
export const LOGINS_NOTE = 'sign-in logins';

export interface Notes {
  /** Keeps `body` under `name`, in place of what was there. */
  write(name: string, body: string): Promise<void>;
  /** All genuine notes whose name begins with `prefix`, by name; of each the newest. */
  read(prefix: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Whether `body` is what was written last under this name, as the secrets directory knows it whatever has become of the row;
   * null where it knows nothing of one, or that it was removed.
   */
  lastIs(name: string, body: string): boolean | null;
  /** Removes the notes of these names for good: none of them comes back. */
  remove(names: readonly string[]): Promise<void>;
}

interface Note {
  readonly name: string;
  readonly body: string;
  readonly version: number;
}
type Row = Note & { readonly mac: string };

const REMOVED = 'removed';
const itemOf = (name: string): string => `note ${name}`;
const factOf = (name: string, version: number, tag: string): Fact => ({
  election: INSTALLATION,
  item: itemOf(name),
  version,
  tag: tag.slice(0, 16),
});

/** Notes in the database of these keys. */
export function notesIn(ctx: Pick<Context, 'db' | 'keys'>): Notes {
  const { db, keys } = ctx;
  const macOf = ({ name, body, version }: Note): string =>
    keys.mac('elekto/note/2', name, body, String(version));
  const isGenuine = (row: Row): boolean => row.mac === macOf(row);
  /** Above everything that was ever there or is known to have been. */
  const nextVersion = (name: string, row: Row | undefined): number => {
    const there = row !== undefined && isGenuine(row) ? row.version : 0;
    return Math.max(there, keys.witness.known(0).version(INSTALLATION, itemOf(name))) + 1;
  };

  /** False where another server was faster: two states of one number would both count for nothing. */
  const tryToWrite = (name: string, body: string) =>
    transact(ctx, async (em) => {
      const found = await find(em, name);
      const version = nextVersion(name, found);
      const row = { name, body, version, mac: macOf({ name, body, version }) };
      if (!(await put(em, found, row))) return ok(false);
      onceCommitted(em, factOf(name, version, row.mac));
      return ok(true);
    });

  return {
    async write(name, body) {
      for (let written = false; !written;) {
        const tried = await tryToWrite(name, body);
        written = !tried.ok || tried.value;
      }
    },
    async read(prefix) {
      const known = keys.witness.known(0);
      // Whatever `like` takes for alike, the names are looked at again here.
      const rows = await db.read((em) =>
        tables(em)
          .selectFrom('note')
          .selectAll()
          .where('name', 'like', `${prefix}%`)
          .orderBy('name')
          .execute(),
      );
      const newest = rows.filter(
        (row) =>
          row.name.startsWith(prefix) &&
          isGenuine(row) &&
          known.staleness(factOf(row.name, row.version, row.mac)) === null,
      );
      return new Map(newest.map(({ name, body }) => [name, body]));
    },
    lastIs(name, body) {
      const known = keys.witness.known(0);
      const version = known.version(INSTALLATION, itemOf(name));
      const isTag = (tag: string): boolean => known.staleness(factOf(name, version, tag)) === null;
      return version === 0 || isTag(REMOVED) ? null : isTag(macOf({ name, body, version }));
    },
    async remove(names) {
      if (names.length === 0) return;
      await transact(ctx, async (em) => {
        for (const name of names) {
          const version = nextVersion(name, await find(em, name));
          await tables(em).deleteFrom('note').where('name', '=', name).execute();
          onceCommitted(em, factOf(name, version, REMOVED));
        }
        return ok(null);
      });
    },
  };
}

const find = (em: EntityManager, name: string): Promise<Row | undefined> =>
  tables(em).selectFrom('note').selectAll().where('name', '=', name).executeTakeFirst();

/** In the place of what was found; false when it is not there any more. */
async function put(em: EntityManager, found: Row | undefined, row: Row): Promise<boolean> {
  if (found === undefined) return insertUnlessThere(em, 'note', row);
  const changed = await tables(em)
    .updateTable('note')
    .set(row)
    .where('name', '=', row.name)
    .where('version', '=', found.version)
    .where('mac', '=', found.mac)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
