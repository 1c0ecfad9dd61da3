import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { CountedBallot, ResultsFile, TieDecision } from '@elekto/protocol/result';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { encodeText, framed } from '@elekto/wire';
import { ballotsRoot, resultsMessage } from '@elekto/protocol/result';
import { countByRule, ruleOf } from '@elekto/protocol/rule';

/** What is kept of a count, sealed under a key outside the database. */
export interface Kept {
  readonly ballots: readonly CountedBallot[];
  readonly records: readonly string[];
  readonly eligible: number;
  readonly closedAt: Instant;
}

/** A kept count with what officers have added to it. */
export interface StoredResult extends Kept {
  readonly decisions: readonly TieDecision[];
  readonly publishedAt: Instant | null;
}

/** As it lies in the database, with the root that was signed. */
export interface LoadedResult extends StoredResult {
  readonly root: string;
}

const aadOf = (election: string): Uint8Array => framed('elekto/result/1', election);

/** Stores a count and its results.json's root and signature. */
export async function storeResult(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  kept: Kept,
): Promise<void> {
  const file = resultsFile(ctx, opened, { ...kept, decisions: [], publishedAt: null });
  const plain = encodeText(JSON.stringify(kept));
  const sealed = sealBytes(ctx.keys.result(opened.id), plain, aadOf(opened.id));
  plain.fill(0);
  await tables(em)
    .insertInto('result')
    .values({
      election: opened.id,
      root: file.root,
      signature: file.signature,
      tie_decision: null,
      published_at: null,
      sealed,
    })
    .execute();
}

/** The stored count; null when there is none, `damaged` when it does not open. */
export async function loadResult(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
): Promise<LoadedResult | null | 'damaged'> {
  const row = await tables(em)
    .selectFrom('result')
    .selectAll()
    .where('election', '=', opened.id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const plain = openBytes(ctx.keys.result(opened.id), row.sealed, aadOf(opened.id));
  if (plain === null) return 'damaged';
  const kept = JSON.parse(plain.toString('utf8')) as Kept;
  const decisions = row.tie_decision === null ? [] : readDecisions(ctx, opened, row.tie_decision);
  if (decisions === null) return 'damaged';
  return {
    ...kept,
    root: row.root,
    decisions,
    publishedAt: row.published_at === null ? null : Number(row.published_at),
  };
}

const DECISIONS_MAC = 'elekto/tie decisions/1';

/** Tie decisions as they are stored, authenticated: who can write rows decides no tie with it. */
export function writeDecisions(
  ctx: Context,
  opened: OpenedElection,
  decisions: readonly TieDecision[],
): string {
  const text = JSON.stringify(decisions);
  return `${ctx.keys.mac(DECISIONS_MAC, opened.id, text)} ${text}`;
}

/** The stored decisions; null when the server did not write them. */
function readDecisions(ctx: Context, opened: OpenedElection, stored: string): TieDecision[] | null {
  const text = stored.slice(stored.indexOf(' ') + 1);
  if (`${ctx.keys.mac(DECISIONS_MAC, opened.id, text)} ${text}` !== stored) return null;
  return JSON.parse(text) as TieDecision[];
}

/** The last few files, by election and decisions: for 20,000 ballots one takes a second to make. */
const made = new WeakMap<Context['keys'], Map<string, ResultsFile>>();
const MOST_KEPT = 8;

/** results.json as it is signed and published. Deterministic: the same count gives the same bytes and signature. */
export function resultsFile(ctx: Context, opened: OpenedElection, result: StoredResult): ResultsFile {
  const kept = made.get(ctx.keys) ?? new Map<string, ResultsFile>();
  made.set(ctx.keys, kept);
  const name = `${opened.id} ${opened.key} ${JSON.stringify(result.decisions)}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const file = makeResultsFile(ctx, opened, result);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(name, file);
  return file;
}

function makeResultsFile(ctx: Context, opened: OpenedElection, result: StoredResult): ResultsFile {
  const { manifest, manifestHash } = opened;
  const shown = manifest.receipts === 'none' ? result.ballots.map(withoutTracker) : result.ballots;
  const unsigned = {
    format: 'elekto-results/1' as const,
    election: opened.key,
    manifest,
    manifestHash,
    commit: manifest.sourceCommit,
    closedAt: result.closedAt,
    eligible: result.eligible,
    cast: result.ballots.length,
    trackers: manifest.receipts === 'none' ? [] : result.ballots.map((ballot) => ballot.tracker),
    records: manifest.receipts === 'none' ? [] : result.records,
    root: ballotsRoot(shown),
    tieDecisions: result.decisions,
    outcome: countByRule(ruleOf(manifest), result.ballots, result.decisions),
    publicKey: ctx.keys.publicKey,
  };
  return { ...unsigned, signature: ctx.keys.sign(resultsMessage(unsigned)) };
}

/** In an election without receipts a ballot's leaf has no tracker. */
export const withoutTracker = (ballot: CountedBallot): CountedBallot => ({
  tracker: '',
  ranks: ballot.ranks,
});
