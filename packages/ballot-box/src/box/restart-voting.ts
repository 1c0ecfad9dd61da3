/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { randomBytes } from 'node:crypto';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { hasSecondOfficer, hasEnded } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { BoardSource } from '../board/board-source.ts';
import { isVoidedByQuorum, runToVoid } from '../board/voided-by-quorum.ts';
import type { VoidedRun } from '../board/voided-by-quorum.ts';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import { appendAudit } from '../offices/audit-trail.ts';
import { takeOffice } from '../offices/office.ts';
import { wishIn } from '../offices/wishes.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import type { DefinitionSource } from './definition-source.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { bindEntry, isBinding } from './eligibility.ts';
import { newBox } from './new-box.ts';
import { isOpen } from './phase-rule.ts';
import { forgetKeys, removeRows } from './remove-box.ts';
import { participants } from './participants.ts';
import { followRoll, readRoll } from './roll.ts';
import type { Roll } from './roll.ts';
import { insertVoided, voidedParts } from './voided.ts';
import { isReadyToOpen } from './waiting.ts';

/** With less than this left, ms, the end has to be moved first: everybody has to vote again. */
const LEAST_LEFT = 24 * 60 * 60 * 1000;

/** `asked`: another officer has to confirm it; `restarted`: done. */
export type RestartStep = 'asked' | 'restarted';

interface Restart {
  readonly election: Election;
  readonly officer: Person;
  readonly source: DefinitionSource;
  /** Whether it could open, and officers who hold the key have voided the run, and which. */
  readonly ready: Result<VoidedRun>;
}

/** Whether the new box could open, and the officers who hold the key of the old one have voided it. */
async function isReady(
  ctx: Context,
  election: Election,
  board: BoardSource | null,
): Promise<Result<VoidedRun>> {
  const ready = await isReadyToOpen(ctx, election);
  return ready.ok ? isVoidedByQuorum(ctx, election, board) : ready;
}

/** What stands in the way of starting voting anew. */
async function mayRestart(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection | null,
  { election, source, ready }: Restart,
): Promise<Result<OpenedElection>> {
  if (opened === null) return refuse('not-open-yet', election.opensAt);
  const open = isOpen(opened);
  if (!open.ok) return open;
  const now = await ctx.now(em);
  if (hasEnded(opened, now)) return refuse('already-closed', opened.closesAt);
  if (source.fetchedFrom < opened.fetchedFrom) return refuse('conflict');
  if (opened.closesAt - now < LEAST_LEFT) return refuse('restart-too-late', opened.closesAt);
  if (!ready.ok) return ready;
  // What officers signed was asked before the row was locked: it is about the run that was there then.
  return runToVoid(opened) === ready.value ? ok(opened) : refuse('conflict');
}

/**
 * Asks that voting starts anew with the present files: a new box with new keys, and an empty ballot by the files of
 * now. The old box and its keys are destroyed; roll bindings, requests and the record stay; who had voted is told.
 * Nothing else removes a ballot before the close. Another officer has to confirm it; where there is only one, it is
 * done at once. Where officers hold the key, enough of them have signed first that the run is void, which `isVoidedByQuorum` checks.
 *
 * Refuses with `restart-too-late` when less than a day is left. Whether anybody has voted makes no difference, so
 * that the answer does not tell it.
 */
export async function askRestart(
  ctx: Context,
  election: Election,
  officer: Person,
  source: DefinitionSource,
  board: BoardSource | null = null,
): Promise<Result<RestartStep>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  const wish = { election, officer, source, ready: await isReady(ctx, election, board) };
  if (!hasSecondOfficer(election)) return startAnew(ctx, wish, true);
  return transact<RestartStep>(ctx, async (em) => {
    const may = await mayRestart(ctx, em, await electionRow(ctx, em, election.key, 'update'), wish);
    if (!may.ok) return may;
    if ((await wishIn(ctx, em, election, may.value)) !== null) return ok('asked');
    const at = await ctx.now(em);
    const asked = { by: officer.login, account: officer.account, at };
    await changeElection(ctx, em, may.value, { asked });
    await appendAudit(ctx, em, { key: election.key, at, actor: officer.login, action: 'restart-asked' });
    return ok('asked');
  });
}

/** As another officer confirms what one has asked for, and does it; see `askRestart`. */
export async function confirmRestart(
  ctx: Context,
  election: Election,
  officer: Person,
  source: DefinitionSource,
  board: BoardSource | null = null,
): Promise<Result<RestartStep>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  const ready = await isReady(ctx, election, board);
  return startAnew(ctx, { election, officer, source, ready }, false);
}

/** Takes the wish back; any officer may. */
export async function cancelRestart(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<null>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return transact(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key, 'update');
    if (opened === null || opened.asked === null || opened.asked.tie) return refuse('restart-not-asked');
    await changeElection(ctx, em, opened, { asked: null });
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: election.key, at, actor: officer.login, action: 'restart-refused' });
    return ok(null);
  });
}

async function startAnew(ctx: Context, wish: Restart, alone: boolean): Promise<Result<RestartStep>> {
  const id = randomBytes(16).toString('hex');
  await ctx.keys.create(id);
  const done = await transact<string>(ctx, async (em) => {
    const { election, officer, source } = wish;
    const may = await mayRestart(ctx, em, await electionRow(ctx, em, election.key, 'update'), wish);
    if (!may.ok) return may;
    const old = may.value;
    const asked = await wishIn(ctx, em, election, old);
    if (!alone && asked === null) return refuse('restart-not-asked');
    if (!alone && asked?.account === officer.account) return refuse('other-officer-needed');
    const now = await ctx.now(em);
    const fresh = await replaceRow(ctx, em, old, { id, election, source, at: now });
    if (!fresh.ok) return fresh;
    const by = asked === null || alone ? 'alone, being the only officer' : `asked for by ${asked.by}`;
    await appendAudit(ctx, em, {
      key: election.key,
      at: now,
      actor: officer.login,
      action: 'voting-restarted',
      detail: `with the files of commit ${source.commit}, ${by}`,
    });
    return ok(old.id);
  });
  // Where it rejects, nobody knows whether it was committed: all keys stay.
  forgetKeys(ctx, done.ok ? done.value : id);
  return done.ok ? ok('restarted') : done;
}

interface Fresh {
  readonly id: string;
  readonly election: Election;
  readonly source: DefinitionSource;
  readonly at: number;
}

/** The new row and box in the place of the old ones, with what stays of them. */
async function replaceRow(
  ctx: Context,
  em: EntityManager,
  old: OpenedElection,
  { id, election, source, at }: Fresh,
): Promise<Result<null>> {
  const before = await readRoll(em, old);
  const { roll } = followRoll(before, election);
  const people = await peopleOf(ctx, em, old, before, roll);
  await removeRows(em, old);
  const run = runOf(old);
  const voided = [...old.voided, { run, manifestHash: old.manifestHash, at }];
  const { key, opensAt, closesAt } = old;
  const box = { id, key, opensAt, closesAt, roll, voided };
  if (!(await newBox(ctx, em, election, source, box))) return refuse('conflict');
  const opened = await electionRow(ctx, em, old.key);
  if (opened === null) return refuse('conflict');
  for (const { login, user } of people.bindings) {
    const bound = await bindEntry(ctx, em, opened, { userId: user }, { login, bound: false });
    if (!bound.ok) return bound;
  }
  const concerned = [...people.voided, ...people.voters.map((user) => ({ run, user }))];
  await insertVoided(ctx, em, id, concerned);
  return ok(null);
}

/** A run's name in what is told of it; boxes of manifests of version 1 go by their own id. */
const runOf = ({ id, manifest }: OpenedElection): string => (manifest.version === 1 ? id : manifest.run);

/** What the new run takes over. What is written anew is authenticated with it: only what the server wrote is. */
async function peopleOf(ctx: Context, em: EntityManager, opened: OpenedElection, roll: Roll, next: Roll) {
  const { id } = opened;
  const accounts = new Map(Object.entries(next.accounts ?? {}));
  const bindings = await tables(em)
    .selectFrom('roll_binding')
    .innerJoin('user_account', 'user_account.id', 'roll_binding.user')
    .select(['roll_binding.login', 'roll_binding.user', 'roll_binding.mac', 'user_account.account'])
    .where('roll_binding.election', '=', id)
    .orderBy('roll_binding.login')
    .execute();
  const { genuine } = await participants(ctx, em, opened, roll);
  return {
    // Whose number the files say by now had it taken, where somebody else was first.
    bindings: bindings.filter(
      (binding) =>
        isBinding(ctx, id, binding) && (accounts.get(binding.login) ?? binding.account) === binding.account,
    ),
    voters: genuine.toSorted(),
    voided: await voidedParts(ctx, em, id),
  };
}
