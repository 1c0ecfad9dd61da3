/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { randomBytes } from 'node:crypto';
import { insertUnlessThere, personMac, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { ExceptionRequest, ExceptionStep } from '../model.ts';

type Ctx = Pick<Context, 'db' | 'keys'>;

/** A request as it lies in its table, with the account it belongs to. */
interface Row {
  readonly id: string;
  readonly election_key: string;
  readonly user: string;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly reason: string;
  readonly status: string;
  readonly version: number;
  readonly requested_at: number | bigint | string;
  readonly history: string;
  readonly mac: string;
  readonly github_id: string;
  readonly user_login: string;
  readonly user_mac: string;
}
type Columns = Omit<Row, 'mac' | 'github_id' | 'user_login' | 'user_mac'>;

/** A genuine request, for `changeRequest`. */
export interface StoredRequest {
  readonly columns: Columns;
  readonly request: ExceptionRequest;
}

/** Who can write rows puts nobody on the roll by writing what an officer decides on, or that it was decided. */
const requestMac = ({ keys }: Ctx, row: Columns): string =>
  keys.mac(
    'elekto/exception request/1',
    row.id,
    row.election_key,
    row.user,
    row.login,
    row.name,
    row.email,
    row.reason,
    row.status,
    String(row.version),
    String(row.requested_at),
    row.history,
  );

const select = (em: EntityManager, key: string) =>
  tables(em)
    .selectFrom('exception_request')
    .innerJoin('user_account', 'user_account.id', 'exception_request.user')
    .selectAll('exception_request')
    .select(['user_account.github_id', 'user_account.login as user_login', 'user_account.mac as user_mac'])
    .where('exception_request.election_key', '=', key);

const isGenuine = (ctx: Ctx, row: Row): boolean =>
  row.mac === requestMac(ctx, row) &&
  row.user_mac === personMac(ctx.db, { userId: row.user, githubId: row.github_id, login: row.user_login });

/** Only of a row whose MAC fits, and which therefore is what it was written as. */
const fromRow = (row: Columns & Pick<Row, 'github_id'>): ExceptionRequest => ({
  id: row.id,
  election: row.election_key,
  login: row.login,
  githubId: row.github_id,
  name: row.name,
  email: row.email,
  reason: row.reason,
  status: row.status as ExceptionRequest['status'],
  version: row.version,
  requestedAt: Number(row.requested_at),
  history: stepsOf(row),
});

/** Steps from before the person could answer say nothing of whose they are: all were of officers. */
const stepsOf = ({ history }: Pick<Row, 'history'>): ExceptionStep[] =>
  (JSON.parse(history) as (Omit<ExceptionStep, 'from'> & Partial<ExceptionStep>)[]).map((step) => ({
    ...step,
    from: step.from ?? 'officer',
  }));

function stored(ctx: Ctx, row: Row): StoredRequest {
  if (!isGenuine(ctx, row)) {
    throw new BoxDamaged(
      'a request for an exception, or the account it belongs to, was altered by somebody else than the server: bring back a backup, or elekto election accept-restore',
    );
  }
  const { mac: _, github_id, user_login: _login, user_mac: _mac, ...columns } = row;
  return { columns, request: fromRow({ ...columns, github_id }) };
}

/**
 * A request of this election, by its person or its id; null when there is none.
 *
 * @throws BoxDamaged as it is not what the server wrote.
 */
export async function findRequest(
  ctx: Ctx,
  em: EntityManager,
  key: ElectionKey,
  which: { readonly user: string } | { readonly id: string },
): Promise<StoredRequest | null> {
  const [column, value] =
    'user' in which
      ? (['exception_request.user', which.user] as const)
      : (['exception_request.id', which.id] as const);
  const row = await select(em, key).where(column, '=', value).executeTakeFirst();
  return row === undefined ? null : stored(ctx, row);
}

/** All requests of this election, oldest first. Throws as `findRequest`. */
export async function readRequests(
  ctx: Ctx,
  em: EntityManager,
  key: ElectionKey,
): Promise<ExceptionRequest[]> {
  const rows = await select(em, key)
    .orderBy('exception_request.requested_at')
    .orderBy('exception_request.id')
    .execute();
  return rows.map((row) => stored(ctx, row).request);
}

/** Writes a new request; false when the person has one in this election. */
export async function insertRequest(
  ctx: Ctx,
  em: EntityManager,
  made: Pick<Columns, 'election_key' | 'user' | 'login' | 'name' | 'email' | 'reason' | 'status'> & {
    readonly requested_at: number;
    readonly steps: readonly ExceptionStep[];
  },
): Promise<boolean> {
  const { steps, ...given } = made;
  const columns = {
    ...given,
    id: randomBytes(16).toString('hex'),
    version: 1,
    history: JSON.stringify(steps),
  };
  return insertUnlessThere(em, 'exception_request', {
    ...columns,
    mac: requestMac(ctx, columns),
  });
}

/** The request with one more step; null when it is no longer at `version`. */
export async function addStep(
  ctx: Ctx,
  em: EntityManager,
  { columns, request }: StoredRequest,
  version: number,
  step: ExceptionStep,
): Promise<ExceptionRequest | null> {
  const history = JSON.stringify([...request.history, step]);
  const next = { ...columns, status: step.status, history, version: version + 1 };
  return (await change(ctx, em, next, version)) ? fromRow({ ...next, github_id: request.githubId }) : null;
}

async function change(ctx: Ctx, em: EntityManager, next: Columns, from: number): Promise<boolean> {
  const { election_key, status, history, version } = next;
  const changed = await tables(em)
    .updateTable('exception_request')
    .set({ election_key, status, history, version, mac: requestMac(ctx, next) })
    .where('id', '=', next.id)
    .where('version', '=', from)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Moves requests to another key, but for those of people who have asked there too; how many. Throws as `findRequest`. */
export async function moveRequests(
  ctx: Ctx,
  em: EntityManager,
  from: ElectionKey,
  to: ElectionKey,
): Promise<number> {
  const there = await tables(em)
    .selectFrom('exception_request')
    .select('user')
    .where('election_key', '=', to)
    .execute();
  const asked = new Set(there.map(({ user }) => user));
  let moved = 0;
  for (const row of await select(em, from).execute()) {
    if (asked.has(row.user)) continue;
    const { columns } = stored(ctx, row);
    if (await change(ctx, em, { ...columns, election_key: to }, columns.version)) moved += 1;
  }
  return moved;
}

/** Removes what the server did not write, so that whoever asked can ask anew; how many. For an operator's word. */
export async function removeForeignRequests(ctx: Ctx, em: EntityManager, key: ElectionKey): Promise<number> {
  const foreign = (await select(em, key).execute()).filter((row) => !isGenuine(ctx, row));
  for (const { id } of foreign)
    await tables(em).deleteFrom('exception_request').where('id', '=', id).execute();
  return foreign.length;
}

/** Authenticates the requests of a version that did not, as they are. */
export async function authenticateRequests(ctx: Ctx, em: EntityManager): Promise<void> {
  const rows = await tables(em).selectFrom('exception_request').selectAll().where('mac', '=', '').execute();
  for (const row of rows) {
    await tables(em)
      .updateTable('exception_request')
      .set({ mac: requestMac(ctx, row) })
      .where('id', '=', row.id)
      .execute();
  }
}
