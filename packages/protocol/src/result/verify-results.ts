import { BallotsFormatError, CountError, parseBallotsCsv } from '@elekto/tally';
import type { Outcome } from '@elekto/tally';
import { z } from 'zod';
import type { Manifest } from '../manifest/manifest.ts';
import type { Receipt } from '../ballot/paper.ts';
import { canonicalJson, fromBase64Url, fromHex, merkleRoot, rootFromPath, toHex } from '@elekto/wire';
import { hashManifest } from '../manifest/manifest.ts';
import { ballotLeaf } from './counted.ts';
import { SIZES, receiptMessage } from '../ballot/record.ts';
import { countByRule } from '../rule/count-by-rule.ts';
import { ruleOf } from '../rule/rule.ts';
import { dataOf, recountOf } from './outcome-data.ts';
import { resultsMessage } from './results.ts';
import type { ResultsFile } from './results.ts';

/** The checks, in the order they are made. */
export const CHECKS = [
  'format',
  'signature',
  'manifest',
  'ballots',
  'count',
  'root',
  'pairwise',
  'recount',
  'receipt',
  'tracker',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** One thing that was checked, and what was found, in a sentence. */
export interface Check {
  readonly name: CheckName;
  readonly ok: boolean;
  readonly message: string;
}

/** What was checked up to the first thing that stops the rest from making sense. */
export interface Verification {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** The ballot under the tracker that was asked for: rank by candidate. */
  readonly ballot: Readonly<Record<string, number>> | null;
}

export interface VerifyInput {
  /** ballots.csv, text. */
  readonly ballotsCsv: string;
  /** results.json, text. */
  readonly resultsJson: string;
  /** The server's public key as known from elsewhere, base64url; without it the file's own is taken. */
  readonly publicKey?: string | undefined;
  /** A saved receipt, text. */
  readonly receipt?: string | undefined;
  /** A tracker, hex; white space and letter case do not matter. */
  readonly tracker?: string | undefined;
}

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const resultsShape = z.looseObject({
  format: z.literal('elekto-results/1'),
  election: z.string(),
  manifest: z.looseObject({
    candidates: z.array(z.string()),
    seats: z.int(),
    receipts: z.string(),
    counting: z.looseObject({}),
    representationLimit: z.object({ field: z.string(), max: z.int() }).nullable(),
    limitValues: z.record(z.string(), z.string()).nullable(),
  }),
  manifestHash: hex(32),
  cast: z.int(),
  eligible: z.int(),
  trackers: z.array(hex(16)),
  records: z.array(hex(32)),
  root: hex(32),
  tieDecisions: z.array(z.looseObject({ winners: z.array(z.string()), how: z.string() })),
  outcome: z.looseObject({
    pairwise: z.record(z.string(), z.record(z.string(), z.number())),
    seats: z.looseObject({
      elected: z.array(z.string()),
      skipped: z.array(z.looseObject({ candidate: z.string() })),
    }),
    rounds: z.array(z.looseObject({})),
  }),
  publicKey: z.string(),
  signature: z.string(),
});
const receiptShape = z.looseObject({
  version: z.literal(1),
  election: z.string(),
  manifestHash: hex(32),
  recordHash: hex(32),
  signature: z.string(),
  publicKey: z.string(),
});

class Stop extends Error {}

/**
 * Checks a published result against itself and against a voter's receipt or tracker: the signature, the
 * manifest, the number of ballots, the Merkle root, the pairwise matrix (counted here, apart from the
 * engine) and the whole outcome (by the engine). Needs nothing but the two files; sends nothing anywhere.
 */
export async function verifyResults(input: VerifyInput): Promise<Verification> {
  const checks: Check[] = [];
  let ballot: Record<string, number> | null = null;
  const note = (name: CheckName, ok: boolean, message: string): void =>
    void checks.push({ name, ok, message });
  /** A check without which the rest means nothing. */
  const need = (name: CheckName, ok: boolean, good: string, bad: string): void => {
    note(name, ok, ok ? good : bad);
    if (!ok) throw new Stop();
  };
  try {
    const file = readFile(input.resultsJson, need);
    const key = input.publicKey ?? file.publicKey;
    const signed = await isSigned(key, file.signature, resultsMessage(file));
    note(
      'signature',
      signed,
      signed
        ? `results.json is signed by ${key}.`
        : 'The signature of results.json is not valid: it was changed, or signed by another server.',
    );
    const sameManifest = hashManifest(file.manifest) === file.manifestHash;
    note(
      'manifest',
      sameManifest,
      sameManifest
        ? 'The rules are those pinned at the opening.'
        : 'The manifest does not have the hash it should have.',
    );

    const rows = readRows(input.ballotsCsv, file.manifest, need);
    const sameCount =
      rows.length === file.cast && (file.trackers.length === rows.length || file.trackers.length === 0);
    note(
      'count',
      sameCount,
      sameCount
        ? `All ${rows.length} ballots are there.`
        : `results.json speaks of ${file.cast} ballots, ballots.csv has ${rows.length}.`,
    );
    const leaves = rows.map((ranks, index) => ballotLeaf(file.trackers[index] ?? '', ranks));
    const sameRoot = toHex(merkleRoot(leaves)) === file.root;
    note(
      'root',
      sameRoot,
      sameRoot
        ? 'The ballots are the ones that were counted, in the same order.'
        : 'The ballots are not the ones that were counted: one was changed, added, removed or moved.',
    );
    checkPairwise(file, rows, note);
    checkRecount(file, rows, note);
    if (input.receipt !== undefined) await checkReceipt(file, key, input.receipt, note);
    if (input.tracker !== undefined) ballot = checkTracker(file, rows, input.tracker, note);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  return { ok: checks.every((check) => check.ok), checks, ballot };
}

type Note = (name: CheckName, ok: boolean, message: string) => void;
type Need = (name: CheckName, ok: boolean, good: string, bad: string) => void;

function readFile(text: string, need: Need): ResultsFile {
  const json = parse(text);
  const file = resultsShape.safeParse(json);
  need('format', file.success, 'results.json can be read.', 'results.json is not a results file of Elekto.');
  return json as ResultsFile;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Rows as ranks in the manifest's candidate order, 0 for no opinion, whatever the order of the columns. */
function readRows(text: string, manifest: Manifest, need: Need): number[][] {
  let rows: number[][] | null = null;
  let problem = '';
  try {
    const table = parseBallotsCsv(text);
    const columns = manifest.candidates.map((id) => table.candidates.indexOf(id));
    if (table.candidates.length !== manifest.candidates.length || columns.includes(-1)) {
      problem = 'its columns are not the candidates of this election';
    } else {
      rows = [];
      for (const { ranks, count: times = 1 } of table.ballots) {
        const row = columns.map((column) => ranks[column] ?? 0);
        for (let i = 0n; i < BigInt(times); i += 1n) rows.push(row);
      }
    }
  } catch (error) {
    if (!(error instanceof BallotsFormatError) && !(error instanceof CountError)) throw error;
    problem = error.message;
  }
  need('ballots', rows !== null, 'ballots.csv can be read.', `ballots.csv cannot be used: ${problem}.`);
  return rows ?? [];
}

/** Counts every pair by itself: the one number that decides everything is not taken on the engine's word. */
function checkPairwise(file: ResultsFile, rows: readonly number[][], note: Note): void {
  const { candidates, counting } = file.manifest;
  const last = counting.unranked === 'last';
  const wrong = candidates.some((a, i) =>
    candidates.some((b, j) => {
      if (i === j) return false;
      const prefers = rows.filter((ranks) => {
        const [x, y] = [ranks[i] ?? 0, ranks[j] ?? 0];
        if (x === 0) return false;
        return y === 0 ? last : x < y;
      }).length;
      return prefers !== file.outcome.pairwise[a]?.[b];
    }),
  );
  note(
    'pairwise',
    !wrong,
    wrong
      ? 'The pairwise table does not follow from the ballots.'
      : 'The pairwise table follows from the ballots.',
  );
}

function checkRecount(file: ResultsFile, rows: readonly number[][], note: Note): void {
  let outcome: Outcome | null = null;
  try {
    outcome = countByRule(
      ruleOf(file.manifest),
      rows.map((ranks) => ({ ranks })),
      file.tieDecisions,
    );
  } catch (error) {
    if (!(error instanceof CountError)) throw error;
  }
  const same =
    outcome !== null &&
    canonicalJson(recountOf(outcome, file.outcome)) === canonicalJson(dataOf(file.outcome));
  const { elected } = file.outcome.seats;
  note(
    'recount',
    same,
    same
      ? `A recount gives the same outcome; elected: ${elected.join(', ') || 'nobody'}.`
      : 'A recount gives another outcome.',
  );
}

async function checkReceipt(file: ResultsFile, key: string, text: string, note: Note): Promise<void> {
  const parsed = receiptShape.safeParse(parse(text));
  const say = (ok: boolean, message: string): void => note('receipt', ok, message);
  if (!parsed.success) return say(false, 'The receipt cannot be read.');
  const receipt: Receipt = parsed.data;
  if (receipt.manifestHash !== file.manifestHash)
    return say(false, 'The receipt belongs to another election.');
  const message = receiptMessage(receipt.election, receipt.manifestHash, receipt.recordHash);
  if (!(await isSigned(key, receipt.signature, message))) {
    return say(false, 'The receipt was not signed by the server that signed the results.');
  }
  if (!file.records.includes(receipt.recordHash)) {
    return say(
      false,
      'The receipt is genuine and its ballot was not counted. That is right if the ballot was replaced or withdrawn later; otherwise show the receipt to the election officers.',
    );
  }
  return say(true, 'The ballot of this receipt was counted.');
}

function checkTracker(
  file: ResultsFile,
  rows: readonly number[][],
  given: string,
  note: Note,
): Record<string, number> | null {
  const tracker = given.replaceAll(/[\s-]/gu, '').toLowerCase();
  const index = file.trackers.indexOf(tracker);
  const ranks = rows[index];
  if (ranks === undefined) {
    note('tracker', false, 'No ballot stands under this tracker.');
    return null;
  }
  note('tracker', true, `The ballot of this tracker is row ${index + 1} of ballots.csv.`);
  const ranked = file.manifest.candidates.flatMap((id, at) => (ranks[at] ? [[id, ranks[at]] as const] : []));
  return Object.fromEntries(ranked) as Record<string, number>;
}

async function isSigned(
  publicKey: string,
  signature: string,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = fromBase64Url(publicKey, SIZES.publicKey);
  const bytes = fromBase64Url(signature, SIZES.signature);
  if (key === null || bytes === null) return false;
  const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'Ed25519' }, imported, bytes, message);
}

/** Whether an inclusion proof leads to the root of a signed result. */
export function checkInclusion(
  proof: { tracker: string; ranks: readonly number[]; index: number; size: number; path: readonly string[] },
  root: string,
): boolean {
  const path = proof.path.map((sibling) => fromHex(sibling, 32));
  if (path.some((sibling) => sibling === null)) return false;
  const found = rootFromPath(
    ballotLeaf(proof.tracker, proof.ranks),
    proof.index,
    proof.size,
    path as Uint8Array[],
  );
  return found !== null && toHex(found) === root;
}
