import type { EntityManager } from '@elekto/db';
import { acceptsExceptions, isEligible, needsSecondOfficer, hasEnded } from '@elekto/election';
import type { Election, Instant } from '@elekto/election';
import { electionRow } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import type { ExceptionRequest, ExceptionStep, Person, Proposable } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import { appendAudit } from './audit-trail.ts';
import { holdsOffice, takeOffice } from './office.ts';
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
    if (isEligible(election, person.login, person.account)) return refuse('already-eligible');
    const now = await ctx.now(em);
    const closesAt = await endOf(ctx, em, election);
    if (!acceptsExceptions({ ...election, closesAt }, now)) {
      return refuse('exception-closed', Math.min(election.exceptionsDueAt, closesAt));
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
    return found === null ? refuse('unknown-request') : ok(asTold(found.request));
  });
}

/** When voting ends: of an open election as its row says, since a file may say what had passed when it was merged. */
const endOf = async (
  ctx: Context,
  em: EntityManager,
  { key, closesAt }: Pick<Election, 'key' | 'closesAt'>,
): Promise<Instant> => (await electionRow(ctx, em, key))?.closesAt ?? closesAt;

/** The person's own request; null when there is none. */
export const myException = (
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
): Promise<Result<ExceptionRequest | null>> =>
  look(ctx, async (em) => {
    const found = await findRequest(ctx, em, election.key, { user: person.userId });
    return ok(found === null ? null : asTold(found.request));
  });

/** All requests of this election and no other, oldest first. */
export async function listExceptions(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<OfficersRequest[]>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return look(ctx, async (em) => {
    const told: OfficersRequest[] = [];
    for (const request of await readRequests(ctx, em, election.key))
      told.push({ ...request, proposal: await proposalIn(ctx, em, election, request) });
    return ok(told);
  });
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
    const closesAt = await endOf(ctx, em, election);
    if (hasEnded({ closesAt }, at)) return refuse('exception-closed', closesAt);
    if (found.request.status !== 'more-information') return refuse('conflict');
    const step: ExceptionStep = { at, from: 'voter', by: person.login, status: 'open', note: reply.text };
    const changed = await addStep(ctx, em, found, reply.version, step);
    return changed === null ? refuse('conflict') : ok(asTold(changed));
  });
}

/** As the person who asked may see it: what one officer proposes to another is no decision yet. */
const asTold = (request: ExceptionRequest): ExceptionRequest => ({
  ...request,
  history: request.history.filter(({ proposes }) => proposes === undefined),
});

/** A request as officers see it. */
export interface OfficersRequest extends ExceptionRequest {
  /** What one officer proposes and another has not taken yet; null when nothing waits. */
  readonly proposal: Proposal | null;
}

export interface Proposal {
  readonly by: string;
  /** As the provider calls it for ever. */
  readonly account: string;
  readonly decision: Proposable;
  readonly note: string;
}

/** It ends with the office of who made it. */
async function proposalIn(
  ctx: Context,
  em: EntityManager,
  election: Election,
  { history }: ExceptionRequest,
): Promise<Proposal | null> {
  const last = history.at(-1);
  if (last?.proposes === undefined) return null;
  const { by, account = '', proposes: decision, note } = last;
  const stands = await holdsOffice(ctx, em, election, { account, login: by });
  return stands ? { by, account, decision, note } : null;
}

interface Decision {
  readonly id: string;
  readonly version: number;
  readonly status: ExceptionRequest['status'];
  readonly note: string;
}

/**
 * Decides a request of this election. The decision names the version it was made on; when another officer
 * has decided since, it is refused as `conflict`. Whoever is approved still has to be added to voters.yaml.
 *
 * With `approvals: 2` the first officer only proposes to approve or to decline, which nobody else is told; it is decided
 * as another takes the same decision, and refused as `other-officer-needed` to who proposed it. Another decision is a
 * proposal in its place. A question to the person needs nobody
 * else, unless it would take back what two have decided: that is refused as `other-officer-needed`, too.
 *
 * Refused as `already-closed` once voting is over: nobody is put on the roll any more, and nobody could answer.
 */
export async function decideException(
  ctx: Context,
  election: Election,
  officer: Person,
  decision: Decision,
): Promise<Result<OfficersRequest>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return transact<OfficersRequest>(ctx, async (em) => {
    const found = await findRequest(ctx, em, election.key, { id: decision.id });
    if (found === null) return refuse('unknown-request');
    const at = await ctx.now(em);
    const closesAt = await endOf(ctx, em, election);
    if (hasEnded({ closesAt }, at)) return refuse('already-closed', closesAt);
    if (found.request.version !== decision.version) return refuse('conflict');
    const proposal = await proposalIn(ctx, em, election, found.request);
    const taken = nextStep({ election, officer, request: found.request, proposal }, decision);
    if (taken === 'other-officer-needed') return refuse(taken);
    const step: ExceptionStep = { at, from: 'officer', by: officer.login, ...taken };
    const changed = await addStep(ctx, em, found, decision.version, step);
    if (changed === null) return refuse('conflict');
    await appendAudit(ctx, em, {
      key: election.key,
      at,
      actor: officer.login,
      action: step.proposes === undefined ? 'exception-decided' : 'exception-proposed',
      detail: `${changed.login}: ${step.proposes ?? step.status}`,
    });
    return ok({ ...changed, proposal: await proposalIn(ctx, em, election, changed) });
  });
}

/** What the decision of an officer is: taken, or proposed to another. */
function nextStep(
  {
    election,
    officer,
    request,
    proposal,
  }: {
    readonly election: Election;
    readonly officer: Person;
    readonly request: ExceptionRequest;
    readonly proposal: Proposal | null;
  },
  { status, note }: Decision,
): Omit<ExceptionStep, 'at' | 'from' | 'by'> | 'other-officer-needed' {
  if (!needsSecondOfficer(election)) return { status, note };
  // One alone asks the person for more, but not in the place of what two have decided.
  if (!isGrave(status)) return isGrave(request.status) ? 'other-officer-needed' : { status, note };
  if (proposal?.decision !== status)
    return { status: request.status, note, proposes: status, account: officer.account };
  if (proposal.account === officer.account) return 'other-officer-needed';
  return { status, note: note === '' ? proposal.note : note, proposedBy: proposal.by };
}

const isGrave = (status: ExceptionRequest['status']): status is Proposable =>
  status === 'approved' || status === 'declined';
