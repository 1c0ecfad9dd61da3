/** From every schema that an installation may have: kept as it was, in tests/schemas. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkSchema, migrate, NewerSchema, sql, startDatabase, tables } from '@elekto/db';
import type { Database, Dialect } from '@elekto/db';
import { ALL_DATABASES, freshDatabase } from '@elekto/testing/databases';
import { memoryPlace } from '@elekto/testing/memory-place';
import { describe, expect, it } from 'vitest';
import { ENTITIES } from '../src/entities/index.ts';
import { migrationsOf } from '../src/migrations/index.ts';

type Name = (typeof ALL_DATABASES)[number];
const dialectOf = (name: Name): Dialect => (name === 'mysql' ? 'mariadb' : name);
const fileOf = (name: string, dialect: Dialect): string =>
  join(import.meta.dirname, 'schemas', `${name}.${dialect}.sql`);
/** MySQL writes the same schema in other words, so that none of its own is kept. */
const schemas = ALL_DATABASES.filter((database) => database !== 'mysql').flatMap((database) =>
  migrationsOf(dialectOf(database)).map(({ name }) => ({ database, dialect: dialectOf(database), name })),
);

/** A database as `script` makes it; an empty one without. */
async function withDatabase(
  database: Name,
  script: string,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(memoryPlace(), 'elekto-migrations-'));
  const { url, drop } = await freshDatabase(database, dir);
  await opened(url, (db) =>
    db.transaction(async (em) => {
      for (const statement of script.split(/;\n/).filter((text) => text.trim() !== ''))
        await sql.raw(statement).execute(tables(em));
    }),
  );
  await use(url);
  await drop();
  rmSync(dir, { recursive: true });
}

async function opened<T>(url: string, use: (db: Database) => Promise<T>): Promise<T> {
  const db = await startDatabase({ url });
  try {
    return await use(db);
  } finally {
    await db.close();
  }
}

/** Columns that were given up: nobody read them, or the record of what the server did says the same. */
const GONE = new Set(['result.root', 'result.signature', 'result.published_at']);

/** Columns that have another name now. */
const RENAMED: Readonly<Record<string, string>> = { 'user_account.github_id': 'account' };

/** Everything that makes a schema what it is, as comparable lines. */
const SHAPE: Readonly<Record<Dialect, string>> = {
  sqlite: `
    select m.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '') || ' ' || c.pk as line
      from sqlite_master m join pragma_table_xinfo(m.name) c where m.type = 'table'
    union all select m.name || ' refers to ' || f."table" || ' ' || f."from" || ' ' || f."to"
      from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'
    union all select 'index ' || m.name || ' ' || i."unique" || ' ' || (select group_concat(name) from pragma_index_info(i.name))
      from sqlite_master m join pragma_index_list(m.name) i where m.type = 'table'
    union all select name || ' without rowid' from sqlite_master where type = 'table' and sql like '%without rowid%'
    order by 1`,
  postgresql: `
    select concat_ws(' ', c.relname, c.relpersistence, c.reloptions::text, a.attname, format_type(a.atttypid, a.atttypmod),
        a.attnotnull, a.attstorage, pg_get_expr(d.adbin, d.adrelid)) as line
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    order by 1`,
  mariadb: `
    select concat_ws(' ', table_name, column_name, column_type, is_nullable, column_default, collation_name, extra) as line
      from information_schema.columns where table_schema = database()
    union all select concat_ws(' ', table_name, engine, table_collation) from information_schema.tables where table_schema = database()
    union all select concat_ws(' ', 'index', table_name, index_name, non_unique, seq_in_index, column_name)
      from information_schema.statistics where table_schema = database()
    union all select concat_ws(' ', table_name, 'refers to', referenced_table_name, column_name, referenced_column_name)
      from information_schema.key_column_usage where table_schema = database() and referenced_table_name is not null
    union all select concat('check ', check_clause) from information_schema.check_constraints where constraint_schema = database()
    order by 1`,
};
const shapeOf = (db: Database): Promise<string[]> =>
  db.read(async (em) => {
    const { rows } = await sql<{ line: string }>`${sql.raw(SHAPE[db.dialect])}`.execute(tables(em));
    return rows.map(({ line }) => line);
  });

const fresh = new Map<Name, Promise<string[]>>();
/** The shape of a database that was made today. */
function freshShape(database: Name): Promise<string[]> {
  const known = fresh.get(database);
  if (known !== undefined) return known;
  const asked = (async () => {
    let shape: string[] = [];
    await withDatabase(database, '', async (url) => {
      await opened(url, migrate);
      shape = await opened(url, shapeOf);
    });
    return shape;
  })();
  fresh.set(database, asked);
  return asked;
}

const NAMES = {
  sqlite: sql<{ name: string }>`select name from sqlite_master where type = 'table'`,
  postgresql: sql<{ name: string }>`select relname as name from pg_class where relkind = 'r'`,
  mariadb: sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = database()`,
};

const contentsOf = (db: Database): Promise<Record<string, object[]>> =>
  db.read(async (em) => {
    const { rows: names } = await NAMES[db.dialect].execute(tables(em));
    const there = new Set(names.map(({ name }) => name));
    const all: Record<string, object[]> = {};
    for (const entity of ENTITIES) {
      const { tableName } = entity.init().meta;
      if (!there.has(tableName)) continue;
      all[tableName] = (
        await sql<object>`select * from ${sql.table(tableName)} order by 1, 2`.execute(tables(em))
      ).rows;
    }
    return all;
  });

const doneIn = (db: Database): Promise<string[]> =>
  db.read(async (em) => {
    const done = await sql<{ name: string }>`select name from mikro_orm_migrations order by id`.execute(
      tables(em),
    );
    return done.rows.map(({ name }) => name);
  });

it.each(schemas)('the schema that $name leaves in $dialect is kept', ({ name, dialect }) => {
  expect(existsSync(fileOf(name, dialect))).toBe(true);
});

describe.each(schemas)('a database of $database as $name left it', ({ name, database, dialect }) => {
  const script = existsSync(fileOf(name, dialect)) ? readFileSync(fileOf(name, dialect), 'utf8') : '';

  it('becomes what a fresh one is, and keeps every row', async () => {
    await withDatabase(database, script, async (url) => {
      const before = await opened(url, contentsOf);
      for (const [table, rows] of Object.entries(before)) expect(rows, table).not.toHaveLength(0);
      await opened(url, migrate);
      const after = await opened(url, contentsOf);
      for (const [table, rows] of Object.entries(before)) {
        // New columns may be there; every old one says what it said.
        expect(after[table], table).toHaveLength(rows.length);
        for (const [index, row] of rows.entries()) {
          const kept = Object.entries(row)
            .filter(([column]) => !GONE.has(`${table}.${column}`))
            .map(([column, value]) => [RENAMED[`${table}.${column}`] ?? column, value] as const);
          expect(after[table]?.[index], table).toMatchObject(Object.fromEntries(kept));
        }
      }
      expect(await opened(url, shapeOf)).toEqual(await freshShape(database));
    });
  });
});

/** From the oldest every migration is run, as from those between; the newest but one leaves a single one to run. */
const raced = schemas.filter(({ dialect, name }) => {
  const names = migrationsOf(dialect).map((migration) => migration.name);
  return name === names[0] || name === names.at(-2);
});

describe.each(raced)('a database of $database as $name left it', ({ name, database, dialect }) => {
  const script = readFileSync(fileOf(name, dialect), 'utf8');

  it('is migrated once by three processes that start at the same moment', async () => {
    await withDatabase(database, script, async (url) => {
      const source = `
        import { migrate, startDatabase } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
        const db = await startDatabase({ url: process.argv[1] });
        await migrate(db);
        await db.close();`;
      const one = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', source, url]);
      await Promise.all([one(), one(), one()]);
      expect(await opened(url, doneIn)).toEqual(migrationsOf(dialect).map((migration) => migration.name));
    });
  });
});

describe.each(ALL_DATABASES.filter((database) => database !== 'mysql'))(
  'a database of %s that a newer version has made',
  (database) => {
    const dialect = dialectOf(database);
    const names = migrationsOf(dialect).map(({ name }) => name);
    const newest = readFileSync(fileOf(names.at(-1) ?? '', dialect), 'utf8');

    it('is refused with the reason, and left as it is', async () => {
      const script = `${newest}insert into mikro_orm_migrations (name) values ('9001-tomorrow');`;
      await withDatabase(database, script, async (url) => {
        const before = await opened(url, contentsOf);
        for (const work of [checkSchema, migrate]) {
          const refused = opened(url, work);
          await expect(refused).rejects.toThrow(NewerSchema);
          await expect(refused).rejects.toThrow(/newer version of Elekto \(it has 9001-tomorrow\): install/);
        }
        expect(await opened(url, contentsOf)).toEqual(before);
        expect(await opened(url, doneIn)).toEqual([...names, '9001-tomorrow']);
      });
    });

    it('is told from one that is empty and from one of today', async () => {
      await withDatabase(database, '', (url) => opened(url, checkSchema));
      await withDatabase(database, newest, (url) => opened(url, checkSchema));
    });
  },
);
