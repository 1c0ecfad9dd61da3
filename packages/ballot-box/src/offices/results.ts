import { tables } from '@elekto/db';
import type { EntityManager, RowLock } from '@elekto/db';
import { needsSecondOfficer } from '@elekto/election';
import type { CandidateId, Election, ElectionKey, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import { changeElection, electionRow } from '../box/election-row.ts';
import type { OpenedElection, Wish } from '../box/election-row.ts';
import { linksOf } from '../box/person-facts.ts';
import { ballotsToCsv, countByRule, ruleOf } from '@elekto/protocol/rule';
import { checkDecision } from '@elekto/tally';
import type { Outcome, TieDecision as Decision } from '@elekto/tally';
import { loadResult, storeDecision } from '../count/stored-result.ts';
import type { StoredResult } from '../count/stored-result.ts';
import { proofIn, proofsOf } from '../count/proofs.ts';
import type { InclusionProof, NamedFile, TieDecision } from '@elekto/protocol/result';
import type { Person, StoredOutcome } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import { revisionOf, signedRevision } from '@elekto/protocol/published';
import { givesAgain } from '@elekto/protocol/result';
import { SERVER, appendAudit } from './audit-trail.ts';
import { takeOffice } from './office.ts';
import { wishIn } from './wishes.ts';

interface Counted {
  readonly opened: OpenedElection;
  readonly result: StoredResult;
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

async function asOfficer<T>(
  ctx: Context,
  election: Election,
  officer: Person,
  use: (counted: Counted) => Result<T>,
): Promise<Result<T>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return look(ctx, async (em) => {
    const found = await counted(ctx, em, election);
    return found.ok ? use(found.value) : found;
  });
}

/** The kept ballots counted again, with one more decision perhaps: with the explanations that are not stored. */
const countAgain = ({ opened, result }: Counted, ...more: readonly Decision[]): Outcome =>
  countByRule(ruleOf(opened.manifest, result.file), result.ballots, [...result.file.tieDecisions, ...more]);

/** The full result, for officers. Refused as damaged when the kept ballots do not give what was signed. */
export const outcome = (ctx: Context, election: Election, officer: Person): Promise<Result<StoredOutcome>> =>
  asOfficer(ctx, election, officer, (found) => {
    const { opened, result } = found;
    const { file } = result;
    const recount = countAgain(found);
    if (!givesAgain(recount, file)) return refuse('ballot-box-damaged');
    return ok({
      state: opened.state,
      manifest: opened.manifest,
      manifestHash: opened.manifestHash,
      outcome: recount,
      cast: file.cast,
      eligible: file.eligible,
      closedAt: file.closedAt,
      root: file.root,
      signature: file.signature,
      publicKey: file.publicKey,
      tieDecisions: file.tieDecisions,
      publishedAt: opened.publishedAt,
    });
  });

/** ballots.csv in Elekto's format, rows by tracker. */
export const ballotsCsv = (ctx: Context, election: Election, officer: Person): Promise<Result<string>> =>
  asOfficer(ctx, election, officer, ({ opened, result }) =>
    ok(ballotsToCsv(opened.manifest, result.ballots)),
  );

/** results.json as it was signed and stored. */
export const resultsJson = (ctx: Context, election: Election, officer: Person): Promise<Result<string>> =>
  asOfficer(ctx, election, officer, ({ result }) => ok(result.text));

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
    const row = await electionRow(ctx, em, election.key);
    if (row === null) return refuse('not-open-yet');
    if (row.manifest.receipts === 'none' && row.state !== 'open' && row.state !== 'closed') return ok(null);
    const proofs = await proofsOf(ctx, row.id, async () => {
      const found = await counted(ctx, em, election);
      return found.ok ? ok(found.value.result.ballots) : found;
    });
    return proofs.ok ? ok(proofIn(proofs.value, tracker)) : proofs;
  });
}

/** `proposed`: another officer has to say the same. */
export type TieStep = 'proposed' | 'decided';

/**
 * Writes down how a tie at the last seat was decided; results.json is signed anew with it. Until the result is published.
 *
 * With `approvals: 2` what one officer says is proposed, and decided as another says the very same; refused as
 * `other-officer-needed` to who proposed it. Something else is a proposal in its place, and a proposal ends with the
 * office of who made it.
 */
export async function recordTieDecision(
  ctx: Context,
  election: Election,
  officer: Person,
  decision: { winners: readonly CandidateId[]; how: string },
): Promise<Result<TieStep>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return transact<TieStep>(ctx, async (em) => {
    const found = await counted(ctx, em, election, 'update');
    if (!found.ok) return found;
    const { opened, result } = found.value;
    if (opened.manifest.suite === 2) return refuse('decision-unsigned');
    const tie = { winners: [...new Set(decision.winners)], how: decision.how };
    const may = mayDecide(found.value, tie);
    if (!may.ok) return may;
    const { winners, how } = tie;
    const at = await ctx.now(em);
    const event = { key: opened.key, at, actor: officer.login, detail: `${winners.join(', ')}: ${how}` };
    const isAlone = !needsSecondOfficer(election);
    const before = isAlone ? null : sameDecision(await wishIn(ctx, em, election, opened), tie);
    if (before?.account === officer.account) return refuse('other-officer-needed');
    if (before === null && !isAlone) {
      const asked = { by: officer.login, account: officer.account, at, tie };
      await changeElection(ctx, em, opened, { asked });
      await appendAudit(ctx, em, { ...event, action: 'tie-proposed' });
      return ok('proposed');
    }
    const noted: TieDecision = { ...tie, by: officer.login, at };
    const resultSignature = await storeDecision(ctx, em, opened, result, noted, []);
    await changeElection(ctx, em, opened, { resultSignature, asked: null });
    await appendAudit(ctx, em, { ...event, action: 'tie-decided' });
    return ok('decided');
  });
}

/** Whether a decision settles a tie that is open, before the result is published. */
function mayDecide(found: Counted, decision: Decision): Result<null> {
  if (found.opened.state === 'published') return refuse('already-published');
  const checked = checkDecision(countAgain(found), decision, (each) => countAgain(found, each));
  if (checked.ok) return ok(null);
  return refuse(checked.problem === 'impossible' ? 'winners-impossible' : 'no-tie');
}

/** As `mayDecide`, for the decision of this number, from 1, that officers sign. */
export const maySign = (
  ctx: Context,
  election: Pick<Election, 'key'>,
  number: number,
  decision: Decision,
): Promise<Result<null>> =>
  look(ctx, async (em) => {
    const found = await counted(ctx, em, election);
    if (!found.ok) return found;
    return number === found.value.result.file.tieDecisions.length + 1
      ? mayDecide(found.value, decision)
      : refuse('no-tie');
  });

/** Whether the decision of this number is the next one, and stays it until the end of the transaction. */
export async function isTieDue(
  ctx: Context,
  em: EntityManager,
  election: Pick<Election, 'key'>,
  number: number,
): Promise<boolean> {
  const found = await counted(ctx, em, election, 'update');
  return found.ok && number === found.value.result.file.tieDecisions.length + 1;
}

/**
 * Stores the decision of this number, which enough officers have signed in `files`; nothing when it is there, or when one of them
 * has said something else since (`areThere`).
 */
export const recordSigned = (
  ctx: Context,
  election: Pick<Election, 'key'>,
  number: number,
  decision: TieDecision,
  files: readonly NamedFile[],
  areThere: (em: EntityManager) => Promise<boolean>,
): Promise<Result<null>> =>
  transact(ctx, async (em) => {
    const found = await counted(ctx, em, election, 'update');
    if (!found.ok) return found;
    const { opened, result } = found.value;
    const { length } = result.file.tieDecisions;
    if (number <= length || !(await areThere(em))) return ok(null);
    const may = number === length + 1 ? mayDecide(found.value, decision) : refuse('no-tie');
    if (!may.ok) return may;
    const resultSignature = await storeDecision(ctx, em, opened, result, decision, files);
    await changeElection(ctx, em, opened, { resultSignature, asked: null });
    const detail = `${decision.winners.join(', ')}: ${decision.how} (${decision.by})`;
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: opened.key, at, actor: SERVER, action: 'tie-decided', detail });
    return ok(null);
  });

/** The wish that proposes this very decision. */
function sameDecision(asked: Wish | null, { winners, how }: NonNullable<Wish['tie']>): Wish | null {
  if (asked?.tie === undefined || asked.tie.how !== how) return null;
  const [theirs, ours] = [new Set(asked.tie.winners), new Set(winners)];
  return theirs.size === ours.size && theirs.isSubsetOf(ours) ? asked : null;
}

/**
 * Notes, on an officer's word, that the result stands in the meta repository: for those who publish prose only.
 * Refused while a tie is open, which could not be decided any more.
 */
export async function markPublished(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<null>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  return publish(ctx, election, officer.login, ({ opened, result }) => {
    if (opened.state !== 'published' && result.file.outcome.seats.openTies.length > 0)
      return refuse('tie-open');
    return ok(null);
  });
}

/** Notes that the meta repository holds the stored result; nothing happens when it does not, or a tie is open. */
export async function notePublished(
  ctx: Context,
  election: Pick<Election, 'key' | 'resultsJson'>,
): Promise<Result<null>> {
  const { resultsJson } = election;
  if (resultsJson === null) return ok(null);
  const revision = await signedRevision(resultsJson, ctx.keys.publicKey);
  const noted = await publish(ctx, election, SERVER, ({ result: { file } }) =>
    file.outcome.seats.openTies.length === 0 && revisionOf(file) === revision ? ok(null) : refuse('conflict'),
  );
  return noted.ok || noted.error.kind === 'conflict' ? ok(null) : noted;
}

/**
 * With `delete_after`, two weeks after the publication (`linksEnd`): the key over the links between voters and their
 * ballots is destroyed, and the links with it. Nobody ends them earlier: voters were told that day. Nothing happens
 * before, without `delete_after`, or when it has been done. Refuses with `clock-doubted` as `close` does.
 */
export async function endLinks(ctx: Context, key: ElectionKey): Promise<Result<null>> {
  const due = await look(ctx, async (em) => ok(await linksDue(ctx, em, key, 'none')));
  if (!due.ok) return due;
  if (due.value === null) return ok(null);
  const doubt = await ctx.doubt(due.value.at);
  if (doubt !== null) return refuse('clock-doubted', undefined, doubt);
  const ended = await transact(ctx, async (em) => {
    const found = await linksDue(ctx, em, key, 'update');
    if (found === null) return ok(null);
    const { opened, at } = found;
    await blankLinks(em, opened.id);
    await appendAudit(ctx, em, { key, at, actor: SERVER, action: 'links-destroyed' });
    return ok(opened.id);
  });
  if (!ended.ok) return ended;
  if (ended.value !== null) ctx.keys.destroyLink(ended.value);
  return ok(null);
}

/** The box whose links have come to their end, and the time; null when they have not, or are gone. */
async function linksDue(
  ctx: Context,
  em: EntityManager,
  key: ElectionKey,
  lock: RowLock,
): Promise<{ readonly opened: OpenedElection; readonly at: Instant } | null> {
  const opened = await electionRow(ctx, em, key, lock);
  if (opened === null || ctx.keys.link(opened.id) === null) return null;
  const links = linksOf(opened);
  const at = await ctx.now(em);
  return links.kind === 'at' && at >= links.at ? { opened, at } : null;
}

async function publish(
  ctx: Context,
  election: Pick<Election, 'key'>,
  actor: string,
  allowed: (counted: Counted) => Result<null>,
): Promise<Result<null>> {
  const noted = await transact(ctx, async (em) => {
    const found = await counted(ctx, em, election, 'update');
    if (!found.ok) return found;
    const { opened } = found.value;
    const may = allowed(found.value);
    if (!may.ok) return may;
    if (opened.state === 'published') return ok(null);
    const at = await ctx.now(em);
    await changeElection(ctx, em, opened, { state: 'published', publishedAt: at });
    await appendAudit(ctx, em, { key: opened.key, at, actor, action: 'published' });
    return ok(null);
  });
  return noted.ok ? ok(null) : noted;
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
