import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { isOfficer } from '@elekto/election';
import type { CandidateId, Election } from '@elekto/election';
import type { Context } from '../context.ts';
import { changeElection, electionRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import { ballotsToCsv, countByRule, ruleOf } from '@elekto/protocol/rule';
import { checkDecision } from '@elekto/tally';
import { loadResult, resultsFile, writeDecisions } from '../count/stored-result.ts';
import type { LoadedResult } from '../count/stored-result.ts';
import type { InclusionProof, TieDecision } from '@elekto/protocol/result';
import type { Person, StoredOutcome } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import { merklePath, toHex } from '@elekto/wire';
import { ballotLeaf } from '@elekto/protocol/result';
import { appendAudit } from './audit-trail.ts';

interface Counted {
  readonly opened: OpenedElection;
  readonly result: LoadedResult;
}

async function counted(
  ctx: Context,
  em: EntityManager,
  election: Pick<Election, 'key'>,
  lock: 'none' | 'update' = 'none',
): Promise<Result<Counted>> {
  const opened = await electionRow(ctx, em, election.key, lock);
  if (opened === null) return refuse('not-open-yet');
  if (opened.state === 'open') return refuse('not-ended-yet', opened.closesAt);
  if (opened.state === 'closed') return refuse('not-closed-yet');
  const result = await loadResult(ctx, em, opened);
  return result === null || result === 'damaged' ? refuse('ballot-box-damaged') : ok({ opened, result });
}

function asOfficer<T>(
  ctx: Context,
  election: Election,
  officer: Person,
  use: (counted: Counted) => T,
): Promise<Result<T>> {
  if (!isOfficer(election, officer.login)) return Promise.resolve(refuse('not-officer'));
  return look(ctx, async (em) => {
    const found = await counted(ctx, em, election);
    return found.ok ? ok(use(found.value)) : found;
  });
}

/** The full result, for officers. */
export const outcome = (ctx: Context, election: Election, officer: Person): Promise<Result<StoredOutcome>> =>
  asOfficer(ctx, election, officer, ({ opened, result }) => {
    const file = resultsFile(ctx, opened, result);
    return {
      state: opened.state,
      manifest: opened.manifest,
      manifestHash: opened.manifestHash,
      outcome: file.outcome,
      cast: file.cast,
      eligible: file.eligible,
      closedAt: file.closedAt,
      root: file.root,
      signature: file.signature,
      publicKey: file.publicKey,
      tieDecision: result.decisions.at(-1) ?? null,
      publishedAt: result.publishedAt,
    };
  });

/** ballots.csv in Elekto's format, rows by tracker. */
export const ballotsCsv = (ctx: Context, election: Election, officer: Person): Promise<Result<string>> =>
  asOfficer(ctx, election, officer, ({ opened, result }) => ballotsToCsv(opened.manifest, result.ballots));

/** results.json, signed. */
export const resultsJson = (ctx: Context, election: Election, officer: Person): Promise<Result<string>> =>
  asOfficer(
    ctx,
    election,
    officer,
    ({ opened, result }) => `${JSON.stringify(resultsFile(ctx, opened, result), null, 2)}\n`,
  );

/**
 * Proof that the ballot under a tracker was counted, for elections that do not publish their ballots.
 * Whoever knows a tracker may ask: it is as long as a key and only its voter has it.
 */
export async function inclusionProof(
  ctx: Context,
  election: Pick<Election, 'key'>,
  tracker: string,
): Promise<Result<InclusionProof | null>> {
  return look(ctx, async (em) => {
    const found = await counted(ctx, em, election);
    if (!found.ok) return found;
    const { opened, result } = found.value;
    if (opened.manifest.receipts === 'none') return ok(null);
    const index = result.ballots.findIndex((ballot) => ballot.tracker === tracker);
    const ballot = result.ballots[index];
    if (ballot === undefined) return ok(null);
    const leaves = result.ballots.map((each) => ballotLeaf(each.tracker, each.ranks));
    const path = merklePath(leaves, index).map(toHex);
    return ok({ tracker, ranks: ballot.ranks, index, size: leaves.length, path, root: result.root });
  });
}

/** Writes down how a tie at the last seat was decided; results.json is signed anew with it. Until the result is published. */
export async function recordTieDecision(
  ctx: Context,
  election: Election,
  officer: Person,
  decision: { winners: readonly CandidateId[]; how: string },
): Promise<Result<null>> {
  if (!isOfficer(election, officer.login)) return refuse('not-officer');
  return transact(ctx, async (em) => {
    const found = await counted(ctx, em, election, 'update');
    if (!found.ok) return found;
    const { opened, result } = found.value;
    if (opened.state === 'published') return refuse('already-published');
    const winners = [...new Set(decision.winners)];
    const checked = checkDecision(
      resultsFile(ctx, opened, result).outcome,
      { winners, how: decision.how },
      (each) => countByRule(ruleOf(opened.manifest), result.ballots, [...result.decisions, each]),
    );
    if (!checked.ok) return refuse(checked.problem === 'impossible' ? 'winners-impossible' : 'no-tie');
    const at = await ctx.now(em);
    const noted: TieDecision = { winners, how: decision.how, by: officer.login, at };
    const decisions = [...result.decisions, noted];
    const file = resultsFile(ctx, opened, { ...result, decisions });
    await tables(em)
      .updateTable('result')
      .set({ tie_decision: writeDecisions(ctx, opened, decisions), signature: file.signature })
      .where('election', '=', opened.id)
      .execute();
    await appendAudit(ctx, em, {
      key: opened.key,
      at,
      actor: officer.login,
      action: 'tie-decided',
      detail: `${winners.join(', ')}: ${decision.how}`,
    });
    return ok(null);
  });
}

/**
 * Notes that the result stands in the meta repository. With `delete_after` the key over the links between
 * voters and their ballots is destroyed, and the links with it.
 */
export async function markPublished(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<null>> {
  if (!isOfficer(election, officer.login)) return refuse('not-officer');
  const noted = await transact(ctx, async (em) => {
    const found = await counted(ctx, em, election, 'update');
    if (!found.ok) return found;
    const { opened } = found.value;
    if (opened.state === 'published') return ok(opened);
    const at = await ctx.now(em);
    await changeElection(ctx, em, opened, { state: 'published' });
    await tables(em)
      .updateTable('result')
      .set({ published_at: at })
      .where('election', '=', opened.id)
      .execute();
    await appendAudit(ctx, em, { key: opened.key, at, actor: officer.login, action: 'published' });
    if (opened.manifest.deleteAfter) {
      await blankLinks(em, opened.id);
      await appendAudit(ctx, em, { key: opened.key, at, actor: officer.login, action: 'links-destroyed' });
    }
    return ok(opened);
  });
  if (!noted.ok) return noted;
  if (noted.value.manifest.deleteAfter) ctx.keys.destroyLink(noted.value.id);
  return ok(null);
}

/** Overwrites every link with zeros of the same size: who took part stays, what leads to a ballot goes. */
async function blankLinks(em: EntityManager, election: string): Promise<void> {
  await tables(em)
    .updateTable('participation')
    .set({ salt: Buffer.alloc(16), auth_tag: Buffer.alloc(32), sealed_seed: Buffer.alloc(76) })
    .where('election', '=', election)
    .execute();
  await tables(em).deleteFrom('unlock_failure').where('election', '=', election).execute();
}
