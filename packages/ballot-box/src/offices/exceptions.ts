import { randomBytes } from 'node:crypto';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { isEligible } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Context } from '../context.ts';
import type { ExceptionRequest, ExceptionStep, Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { appendAudit } from './audit-trail.ts';
import { takeOffice } from './office.ts';

const COLUMNS = [
  'exception_request.id',
  'exception_request.election_key',
  'exception_request.login',
  'exception_request.name',
  'exception_request.email',
  'exception_request.reason',
  'exception_request.status',
  'exception_request.version',
  'exception_request.requested_at',
  'exception_request.history',
  'user_account.github_id',
] as const;

const select = (em: EntityManager, key: string) =>
  tables(em)
    .selectFrom('exception_request')
    .innerJoin('user_account', 'user_account.id', 'exception_request.user')
    .select(COLUMNS)
    .where('exception_request.election_key', '=', key);

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): ExceptionRequest => ({
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
const stepsOf = (row: Pick<Row, 'history'>): ExceptionStep[] =>
  (JSON.parse(row.history) as (Omit<ExceptionStep, 'from'> & Partial<ExceptionStep>)[]).map((step) => ({
    ...step,
    from: step.from ?? 'officer',
  }));

export interface ExceptionPlea {
  readonly name: string;
  readonly email: string;
  readonly reason: string;
}

/** Asks to be put on the roll, once per person and election, until the exceptions' deadline. */
export function requestException(
  ctx: Context,
  election: Election,
  person: Person,
  plea: ExceptionPlea,
): Promise<Result<ExceptionRequest>> {
  return transact(ctx, async (em) => {
    if (isEligible(election, person.login)) return refuse('already-eligible');
    const now = await ctx.now(em);
    if (now > election.exceptionsDueAt || now > election.closesAt) {
      return refuse('exception-closed', Math.min(election.exceptionsDueAt, election.closesAt));
    }
    const made = await tables(em)
      .insertInto('exception_request')
      .values({
        id: randomBytes(16).toString('hex'),
        election_key: election.key,
        user: person.userId,
        login: person.login,
        name: plea.name,
        email: plea.email,
        reason: plea.reason,
        status: 'open',
        version: 1,
        requested_at: now,
        history: '[]',
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return refuse('exception-already-requested');
    const row = await select(em, election.key)
      .where('exception_request.user', '=', person.userId)
      .executeTakeFirstOrThrow();
    return ok(fromRow(row));
  });
}

/** The person's own request; null when there is none. */
export const myException = (
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
): Promise<Result<ExceptionRequest | null>> =>
  ctx.db.read(async (em) => {
    const row = await select(em, election.key)
      .where('exception_request.user', '=', person.userId)
      .executeTakeFirst();
    return ok(row === undefined ? null : fromRow(row));
  });

/** All requests of this election and no other, oldest first. */
export async function listExceptions(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<ExceptionRequest[]>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  const rows = await ctx.db.read((em) =>
    select(em, election.key)
      .orderBy('exception_request.requested_at')
      .orderBy('exception_request.id')
      .execute(),
  );
  return ok(rows.map(fromRow));
}

/**
 * The person's answer to officers who asked for more: the request waits for them again. As long as voting is not over,
 * also when the time to ask has passed, since it was asked in time. It names the version it answers; refused as
 * `conflict` when that is not the newest any more, or nothing was asked. Voters' acts leave no event in the record.
 */
export function replyException(
  ctx: Context,
  election: Pick<Election, 'key' | 'closesAt'>,
  person: Person,
  reply: { version: number; text: string },
): Promise<Result<ExceptionRequest>> {
  return transact(ctx, async (em) => {
    const row = await select(em, election.key)
      .where('exception_request.user', '=', person.userId)
      .executeTakeFirst();
    if (row === undefined) return refuse('unknown-request');
    const at = await ctx.now(em);
    if (at > election.closesAt) return refuse('exception-closed', election.closesAt);
    if (row.status !== 'more-information') return refuse('conflict');
    const step: ExceptionStep = { at, from: 'voter', by: person.login, status: 'open', note: reply.text };
    const changed = await addStep(em, row, reply.version, step);
    return changed === null ? refuse('conflict') : ok(changed);
  });
}

/** The request with one more step; null when it is no longer at `version`. */
async function addStep(
  em: EntityManager,
  row: Row,
  version: number,
  step: ExceptionStep,
): Promise<ExceptionRequest | null> {
  const history = JSON.stringify([...stepsOf(row), step]);
  const next = { status: step.status, history, version: version + 1 };
  const changed = await tables(em)
    .updateTable('exception_request')
    .set(next)
    .where('id', '=', row.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n ? fromRow({ ...row, ...next }) : null;
}

/**
 * Decides a request of this election. The decision names the version it was made on; when another officer
 * has decided since, it is refused as `conflict`. Whoever is approved still has to be added to voters.yaml.
 */
export async function decideException(
  ctx: Context,
  election: Election,
  officer: Person,
  decision: { id: string; version: number; status: ExceptionRequest['status']; note: string },
): Promise<Result<ExceptionRequest>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return transact(ctx, async (em) => {
    const row = await select(em, election.key)
      .where('exception_request.id', '=', decision.id)
      .executeTakeFirst();
    if (row === undefined) return refuse('unknown-request');
    const at = await ctx.now(em);
    const { status, note, version } = decision;
    const step: ExceptionStep = { at, from: 'officer', by: officer.login, status, note };
    const changed = await addStep(em, row, version, step);
    if (changed === null) return refuse('conflict');
    await appendAudit(ctx, em, {
      key: election.key,
      at,
      actor: officer.login,
      action: 'exception-decided',
      detail: `${row.login}: ${status}`,
    });
    return ok(changed);
  });
}
