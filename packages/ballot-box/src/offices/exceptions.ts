import { acceptsExceptions, isEligible } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Context } from '../context.ts';
import type { ExceptionRequest, ExceptionStep, Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import { appendAudit } from './audit-trail.ts';
import { takeOffice } from './office.ts';
import { addStep, findRequest, insertRequest, readRequests } from './request-rows.ts';

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
    if (!acceptsExceptions(election, now)) {
      return refuse('exception-closed', Math.min(election.exceptionsDueAt, election.closesAt));
    }
    const made = await insertRequest(ctx, em, {
      election_key: election.key,
      user: person.userId,
      login: person.login,
      name: plea.name,
      email: plea.email,
      reason: plea.reason,
      status: 'open',
      requested_at: now,
      steps: [],
    });
    if (!made) return refuse('exception-already-requested');
    const found = await findRequest(ctx, em, election.key, { user: person.userId });
    return found === null ? refuse('unknown-request') : ok(found.request);
  });
}

/** The person's own request; null when there is none. */
export const myException = (
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
): Promise<Result<ExceptionRequest | null>> =>
  look(ctx, async (em) => {
    const found = await findRequest(ctx, em, election.key, { user: person.userId });
    return ok(found?.request ?? null);
  });

/** All requests of this election and no other, oldest first. */
export async function listExceptions(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<ExceptionRequest[]>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return look(ctx, async (em) => ok(await readRequests(ctx, em, election.key)));
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
    const found = await findRequest(ctx, em, election.key, { user: person.userId });
    if (found === null) return refuse('unknown-request');
    const at = await ctx.now(em);
    if (at > election.closesAt) return refuse('exception-closed', election.closesAt);
    if (found.request.status !== 'more-information') return refuse('conflict');
    const step: ExceptionStep = { at, from: 'voter', by: person.login, status: 'open', note: reply.text };
    const changed = await addStep(ctx, em, found, reply.version, step);
    return changed === null ? refuse('conflict') : ok(changed);
  });
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
    const found = await findRequest(ctx, em, election.key, { id: decision.id });
    if (found === null) return refuse('unknown-request');
    const at = await ctx.now(em);
    const { status, note, version } = decision;
    const step: ExceptionStep = { at, from: 'officer', by: officer.login, status, note };
    const changed = await addStep(ctx, em, found, version, step);
    if (changed === null) return refuse('conflict');
    await appendAudit(ctx, em, {
      key: election.key,
      at,
      actor: officer.login,
      action: 'exception-decided',
      detail: `${changed.login}: ${status}`,
    });
    return ok(changed);
  });
}
