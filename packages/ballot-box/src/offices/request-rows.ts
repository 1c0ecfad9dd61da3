/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { randomBytes } from 'node:crypto';
import { insertUnlessThere, personMac, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import { BoxDamaged } from '../box-damaged.ts';
import { tellStaleness } from '../box/freshness.ts';
import type { Context } from '../context.ts';
import { INSTALLATION } from '../keys/witness.ts';
import type { Known } from '../keys/witness.ts';
import type { ExceptionRequest, ExceptionStep } from '../model.ts';
import { onceCommitted } from '../transact.ts';
import { knownRequests, missingRequests, removalOf, requestFact, requestItem } from './known-requests.ts';

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
  readonly account: string;
  readonly user_login: string;
  readonly user_mac: string;
}
type Columns = Omit<Row, 'mac' | 'account' | 'user_login' | 'user_mac'>;

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
    .select(['user_account.account', 'user_account.login as user_login', 'user_account.mac as user_mac'])
    .where('exception_request.election_key', '=', key);

const isGenuine = (ctx: Ctx, row: Row): boolean =>
  row.mac === requestMac(ctx, row) &&
  row.user_mac === personMac(ctx.db, { userId: row.user, account: row.account, login: row.user_login });

/** Only of a row whose MAC fits, and which therefore is what it was written as. */
const fromRow = (row: Columns & Pick<Row, 'account'>): ExceptionRequest => ({
  id: row.id,
  election: row.election_key,
  login: row.login,
  account: row.account,
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

function stored(ctx: Ctx, known: Known, row: Row): StoredRequest {
  if (!isGenuine(ctx, row)) {
    throw damaged(
      'a request for an exception, or the account it belongs to, was altered by somebody else than the server',
    );
  }
  const staleness = known.staleness(requestFact(row, row.mac));
  if (staleness !== null) throw damaged(tellStaleness('a request for an exception', staleness));
  const { mac: _, account, user_login: _login, user_mac: _mac, ...columns } = row;
  return { columns, request: fromRow({ ...columns, account }) };
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
  const known = ctx.keys.witness.known(0);
  const row = await select(em, key).where(column, '=', value).executeTakeFirst();
  return row === undefined ? null : stored(ctx, known, row);
}

/** All requests of this election, oldest first. Throws as `findRequest`, and where one that was made is not there. */
export async function readRequests(
  ctx: Ctx,
  em: EntityManager,
  key: ElectionKey,
): Promise<ExceptionRequest[]> {
  const known = ctx.keys.witness.known(0);
  const rows = await select(em, key)
    .orderBy('exception_request.requested_at')
    .orderBy('exception_request.id')
    .execute();
  const requests = rows.map((row) => stored(ctx, known, row).request);
  if ((await missingRequests(ctx, em, known, key)).length > 0) {
    throw damaged('a request for an exception is not in the database any more (restored from a backup?)');
  }
  return requests;
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
  const mac = requestMac(ctx, columns);
  if (!(await insertUnlessThere(em, 'exception_request', { ...columns, mac }))) return false;
  onceCommitted(em, requestFact(columns, mac));
  return true;
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
  return (await change(ctx, em, next, version)) ? fromRow({ ...next, account: request.account }) : null;
}

async function change(ctx: Ctx, em: EntityManager, next: Columns, from: number): Promise<boolean> {
  const { election_key, status, history, version } = next;
  const mac = requestMac(ctx, next);
  const changed = await tables(em)
    .updateTable('exception_request')
    .set({ election_key, status, history, version, mac })
    .where('id', '=', next.id)
    .where('version', '=', from)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) return false;
  onceCommitted(em, requestFact(next, mac));
  return true;
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
  const known = ctx.keys.witness.known(0);
  let moved = 0;
  for (const row of await select(em, from).execute()) {
    if (asked.has(row.user)) continue;
    const { columns } = stored(ctx, known, row);
    const { version } = columns;
    if (await change(ctx, em, { ...columns, election_key: to, version: version + 1 }, version)) moved += 1;
  }
  return moved;
}

/** What an operator's word did to the requests of an election. */
export interface AcceptedRequests {
  /** That the server did not write: removed, so that whoever asked can ask anew. */
  readonly foreign: number;
  /** Older than known: they go on as they are, numbered past that. */
  readonly older: number;
  /** Not there any more. */
  readonly lost: number;
}

/** Goes on with the requests that are there, whatever is known of others. */
export async function acceptRequests(
  ctx: Ctx,
  em: EntityManager,
  key: ElectionKey,
): Promise<AcceptedRequests> {
  const known = ctx.keys.witness.known(0);
  const rows = await select(em, key).execute();
  const foreign = rows.filter((row) => !isGenuine(ctx, row));
  for (const { id } of foreign)
    await tables(em).deleteFrom('exception_request').where('id', '=', id).execute();
  const older = rows.filter(
    (row) => isGenuine(ctx, row) && known.staleness(requestFact(row, row.mac)) !== null,
  );
  for (const row of older) {
    const version = known.version(INSTALLATION, requestItem(row.id)) + 1;
    await change(ctx, em, { ...row, version }, row.version);
  }
  const removed = new Set(foreign.map(({ id }) => id));
  const lost = (await missingRequests(ctx, em, known, key)).filter((id) => !removed.has(id));
  for (const id of [...removed, ...lost]) onceCommitted(em, removalOf(known, id));
  return { foreign: foreign.length, older: older.length, lost: lost.length };
}

/** Removes all of an election for good; how many there were, or were known. */
export async function removeRequests(ctx: Ctx, em: EntityManager, key: ElectionKey): Promise<number> {
  const known = ctx.keys.witness.known(0);
  const rows = await tables(em)
    .selectFrom('exception_request')
    .select('id')
    .where('election_key', '=', key)
    .execute();
  const all = new Set([...rows.map(({ id }) => id), ...knownRequests(known, key)]);
  await tables(em).deleteFrom('exception_request').where('election_key', '=', key).execute();
  for (const id of all) onceCommitted(em, removalOf(known, id));
  return all.size;
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

/** Makes all that the server wrote known outside the database: for the start that takes them over. */
export async function noteRequests(ctx: Ctx, em: EntityManager): Promise<void> {
  const rows = await tables(em).selectFrom('exception_request').selectAll().execute();
  for (const row of rows) if (row.mac === requestMac(ctx, row)) onceCommitted(em, requestFact(row, row.mac));
}

const damaged = (why: string): BoxDamaged =>
  new BoxDamaged(`${why}: bring back a backup, or elekto election accept-restore`);
