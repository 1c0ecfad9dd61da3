/** What somebody does who may write every row of the database, and has every earlier state of it. */
import { sql } from '@elekto/db';
import type { Database } from '@elekto/db';
import { hashOf } from '@elekto/wire';
import { copyRows } from '../rows.ts';
import type { Copy, Row, TableName } from '../rows.ts';
import { freely } from './stage.ts';

/** `back`: how many deeds ago the state was seen that is used. Rows and columns are taken by their place, modulo their number. */
export type Act =
  | { readonly act: 'put-back'; readonly back: number; readonly tables: readonly TableName[] }
  | { readonly act: 'put-row-back'; readonly back: number; readonly table: TableName; readonly row: number }
  | {
      readonly act: 'edit' | 'swap';
      readonly table: TableName;
      readonly row: number;
      readonly other: number;
      readonly column: number;
    }
  | {
      readonly act: 'copy';
      readonly table: TableName;
      readonly row: number;
      readonly other: number;
      readonly back: number;
    }
  | { readonly act: 'delete'; readonly table: TableName; readonly row: number }
  | { readonly act: 'empty'; readonly table: TableName }
  | {
      readonly act: 'forge';
      readonly table: 'participation' | 'roll_binding' | 'voided_participation';
      readonly row: number;
      readonly other: number;
    }
  | { readonly act: 'forge-record'; readonly row: number; readonly other: number };

const KEYS: Readonly<Record<TableName, readonly string[]>> = {
  installation: ['id'],
  user_account: ['id'],
  session: ['id_hash'],
  election: ['id'],
  roll_binding: ['election', 'login'],
  result: ['election'],
  participation: ['election', 'user'],
  voided_participation: ['election', 'run', 'user'],
  ballot_box: ['election', 'shard'],
  released_record: ['election', 'id'],
  unlock_failure: ['election', 'user'],
  checkpoint: ['election', 'seq'],
  exception_request: ['id'],
  office: ['election_key', 'login'],
  audit_event: ['seq'],
  note: ['name'],
  board_post: ['board', 'slot', 'copy'],
  board_file: ['board', 'name'],
};

/** Does it to the database as it is; what was done, or that the database did not take it. */
export async function doAct(db: Database, what: Act, seen: (back: number) => Copy): Promise<string> {
  const now = await copyRows(db);
  try {
    return await ACTS[what.act](db, what as never, now, seen);
  } catch (error) {
    return `the database did not take it: ${error instanceof Error ? error.message : ''}`;
  }
}

type Does<A extends Act['act']> = (
  db: Database,
  what: Extract<Act, { act: A }>,
  now: Copy,
  seen: (back: number) => Copy,
) => Promise<string>;

const ACTS: { readonly [A in Act['act']]: Does<A> } = {
  async 'put-back'(db, { back: ago, tables }, _now, seen) {
    const copy = seen(ago);
    await write(db, (run) => replace(run, tables, (name) => copy[name]));
    return `as it was: ${tables.join(', ')}`;
  },
  async 'put-row-back'(db, { back: ago, table: name, row }, now, seen) {
    const old = pick(ordered(seen(ago), name), row);
    if (old === undefined) return 'nothing';
    await write(db, (run) => put(run, name, old));
    return `a row as it was: ${name}, ${labelOf(now, name, old)}`;
  },
  async edit(db, { table: name, row, other, column }, now) {
    const rows = ordered(now, name);
    const found = pick(rows, row);
    const cell = found === undefined ? undefined : pick(Object.keys(found), column);
    if (found === undefined || cell === undefined) return 'nothing';
    const value = valueFor(now, rows, found, cell, other);
    await write(db, async (run) => {
      await remove(run, name, found);
      await put(run, name, { ...found, [cell]: value });
    });
    return `edited ${name}.${cell} of ${labelOf(now, name, found)}: ${tell(found[cell])} is ${tell(value)}`;
  },
  async swap(db, { table: name, row, other, column }, now) {
    const rows = ordered(now, name);
    const [one, two] = [pick(rows, row), pick(rows, other)];
    if (one === undefined || two === undefined || one === two) return 'nothing';
    const keys: readonly string[] = KEYS[name];
    const free = Object.keys(one).filter((each) => !keys.includes(each));
    // One column, or everything but what names the row.
    const chosen = column % 2 === 0 ? free : free.slice(column % Math.max(free.length, 1)).slice(0, 1);
    const from = (row: Row): Row => Object.fromEntries(chosen.map((each) => [each, row[each]]));
    await write(db, async (run) => {
      for (const each of [one, two]) await remove(run, name, each);
      await put(run, name, { ...one, ...from(two) });
      await put(run, name, { ...two, ...from(one) });
    });
    return `swapped ${name}.${chosen.join('+')} of ${labelOf(now, name, one)} and ${labelOf(now, name, two)}`;
  },
  async copy(db, { table: name, row, other, back: ago }, now, seen) {
    const found = pick(ordered(seen(ago), name), row);
    if (found === undefined) return 'nothing';
    const named = KEYS[name].at(-1) ?? '';
    const copied = { ...found, [named]: valueFor(now, ordered(now, name), found, named, other) };
    await write(db, (run) => put(run, name, copied));
    return `copied ${name} of ${labelOf(now, name, found)} for ${labelOf(now, name, copied)}`;
  },
  async delete(db, { table: name, row }, now) {
    const found = pick(ordered(now, name), row);
    if (found === undefined) return 'nothing';
    await write(db, (run) => remove(run, name, found));
    return `deleted ${name} of ${labelOf(now, name, found)}`;
  },
  async empty(db, { table: name }) {
    await write(db, async (run) => {
      await run(sql`delete from ${sql.table(name)}`);
    });
    return `emptied ${name}`;
  },
  async forge(db, { table: name, row, other }, now) {
    const user = pick(ordered(now, 'user_account'), row)?.['id'];
    const election = pick(ordered(now, 'election'), 0)?.['id'];
    const made: Row = {
      election,
      user,
      ...(name === 'roll_binding' && { login: pick(logins(now), other), mac: 'x'.repeat(43) }),
      ...(name === 'voided_participation' && { run: '0'.repeat(32), mac: 'x'.repeat(43) }),
      ...(name === 'participation' && {
        kdf: 200,
        salt: Buffer.alloc(16),
        auth_tag: Buffer.alloc(32),
        sealed_seed: Buffer.alloc(76),
        mac: 'x'.repeat(43),
      }),
    };
    await write(db, (run) => put(run, name, made));
    return `forged ${name}: ${labelOf(now, name, made)}`;
  },
  async 'forge-record'(db, { row, other }, now) {
    const events = ordered(now, 'audit_event');
    if (events.length === 0) return 'nothing';
    const at = row % events.length;
    const last = events.at(-1) ?? {};
    const added = { ...last, detail: `forged ${other}` };
    const changed = [
      events.map((event, index) => (index === at ? { ...event, detail: `forged ${other}` } : event)),
      events.toSpliced(at, 1),
      [...events, added],
    ][other % 3] as readonly Row[];
    const from = other % 3 === 2 ? events.length : at;
    let prev = '0'.repeat(64);
    const chained = changed.map((event, index): Row => {
      const seq = index + 1;
      const { election_key, at: when, actor, action, detail } = event;
      const fields = [prev, seq, election_key, when, actor, action, detail].map(String);
      // As anybody can make it, who knows everything but the key; or left as it was.
      const made =
        other % 2 === 0
          ? hashOf('elekto/audit/1', ...fields)
          : hashOf('elekto/audit/2', ...fields).slice(0, 43);
      const kept = index < from || (other % 5 === 0 && other % 3 !== 2);
      const next: Row = kept ? { ...event, seq } : { ...event, seq, prev_hash: prev, hash: made };
      prev = String(next['hash']);
      return next;
    });
    await write(db, (run) => replace(run, ['audit_event'], () => chained));
    return `forged the record, event ${(row % events.length) + 1}`;
  },
};

type Run = (statement: ReturnType<typeof sql>) => Promise<unknown>;
const write = freely;

const columnsOf = (row: Row) => sql.join(Object.keys(row).map((column) => sql.ref(column)));
const valuesOf = (row: Row) => sql.join(Object.values(row));
const isRow = (name: TableName, row: Row) =>
  sql.join(
    KEYS[name].map((key) => sql`${sql.ref(key)} = ${row[key]}`),
    sql` and `,
  );

const remove = (run: Run, name: TableName, row: Row): Promise<unknown> =>
  run(sql`delete from ${sql.table(name)} where ${isRow(name, row)}`);

async function put(run: Run, name: TableName, row: Row): Promise<void> {
  await remove(run, name, row);
  await run(sql`insert into ${sql.table(name)} (${columnsOf(row)}) values (${valuesOf(row)})`);
}

async function replace(
  run: Run,
  names: readonly TableName[],
  rows: (name: TableName) => readonly Row[],
): Promise<void> {
  for (const name of names) {
    await run(sql`delete from ${sql.table(name)}`);
    for (const row of rows(name)) await put(run, name, row);
  }
}

const pick = <T>(of: readonly T[], at: number): T | undefined => of[at % Math.max(of.length, 1)];

const logins = (now: Copy): string[] =>
  [
    ...new Set([
      ...now.user_account.map(({ login }) => String(login)),
      ...now.roll_binding.map(({ login }) => String(login)),
      ...now.exception_request.map(({ login }) => String(login)),
    ]),
  ].toSorted();

/** What a row is about without the random ids in it, which are others in each run: by it rows are told and ordered. */
function labelOf(now: Copy, name: TableName, row: Row): string {
  const nameOf = (user: unknown): string =>
    String(now.user_account.find(({ id }) => id === user)?.['account'] ?? '');
  const told: Readonly<Record<TableName, readonly unknown[]>> = {
    installation: [],
    user_account: [row['account']],
    session: [nameOf(row['user_id'])],
    election: [row['key'], row['version']],
    roll_binding: [row['login'], nameOf(row['user'])],
    result: [],
    participation: [nameOf(row['user'])],
    voided_participation: [nameOf(row['user'])],
    ballot_box: [String(row['shard']).padStart(3, '0')],
    released_record: [],
    unlock_failure: [nameOf(row['user'])],
    checkpoint: [String(row['seq']).padStart(4, '0')],
    exception_request: [nameOf(row['user']), row['login']],
    office: [row['login'], row['account']],
    audit_event: [String(row['seq']).padStart(4, '0')],
    // The name of one of them has the id of an election in it.
    note: [String(row['name']).split(' ')[0]],
    board_post: [row['slot'], row['copy']],
    board_file: [row['name']],
  };
  return told[name].join(' ');
}

const ordered = (now: Copy, name: TableName): readonly Row[] =>
  now[name]
    .map((row) => ({ row, label: labelOf(now, name, row) }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1))
    .map(({ row }) => row);

/** Another value of the column's type: of another row, of somebody else, or made of the present one. */
function valueFor(now: Copy, rows: readonly Row[], row: Row, column: string, other: number): unknown {
  const users = ordered(now, 'user_account').map(({ id }) => id);
  const pools: Readonly<Record<string, readonly unknown[]>> = {
    user: users,
    user_id: users,
    account: now.user_account.map(({ account }) => account),
    login: logins(now),
    status: ['open', 'approved', 'declined', 'more-information'],
    state: ['open', 'closed', 'finalised', 'published'],
  };
  const others = [...(pools[column] ?? []), ...rows.map((each) => each[column])].filter(
    (each) => each !== row[column],
  );
  const made = madeOf(row[column]);
  return pick(other % 2 === 0 && others.length > 0 ? others : made, Math.floor(other / 2));
}

function madeOf(value: unknown): unknown[] {
  if (value instanceof Uint8Array) {
    const flipped = Buffer.from(value);
    if (flipped.length > 0) flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    return [
      flipped,
      Buffer.alloc(value.length),
      Buffer.from(value).subarray(0, 20),
      Buffer.alloc(0),
      null,
      'x',
      0,
    ];
  }
  if (typeof value === 'number') return [value + 1, value - 1, 0, value + 7 * 86_400_000, null];
  if (typeof value === 'string' && /^\d{9,16}$/.test(value))
    return [Number(value) + 7 * 86_400_000, Number(value) - 7 * 86_400_000, 0, null];
  if (typeof value === 'string') {
    const first = value.startsWith('a') ? 'b' : 'a';
    return [first + value.slice(1), value.slice(0, -1), '', '[]', '{}', '[{"status":"approved"}]', null];
  }
  return ['[]', '{}', 'x', 0];
}

const tell = (value: unknown): string =>
  value instanceof Uint8Array ? `${value.length} bytes` : JSON.stringify(value).slice(0, 60);
