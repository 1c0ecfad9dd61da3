import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dataOf, readResults, resultsMessage } from '@elekto/protocol/result';
import type { ResultsFile, ResultsFile1, ResultsFile2 } from '@elekto/protocol/result';
import { countByRule, ruleOf } from '@elekto/protocol/rule';
import { parseBallotsCsv } from '@elekto/tally';

export const GOLDEN_1 = new URL('../golden/1/', import.meta.url);

/** Names of the golden results of format 1. */
export const GOLDEN_NAMES = readdirSync(GOLDEN_1, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** A file of a golden result. */
export const golden = (name: string): string => readFileSync(new URL(name, GOLDEN_1), 'utf8');

/** A file that not every golden result has. */
export const goldenIfThere = (name: string): string | undefined =>
  existsSync(new URL(name, GOLDEN_1)) ? golden(name) : undefined;

export interface Signer {
  readonly publicKey: string;
  /** Signs a file anew, with this signer's key in it, as whoever has the key can. */
  sign(file: object): object;
}

/** A key to sign with, by its 32 bytes. */
export const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });

/** A signer by the 32 bytes of its key. */
export function signerOf(seed: Buffer): Signer {
  const key = privateKeyOf(seed);
  const publicKey = createPublicKey(key)
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');
  return {
    publicKey,
    sign(file) {
      const unsigned = { ...file, publicKey } as unknown as ResultsFile;
      return { ...unsigned, signature: sign(null, resultsMessage(unsigned), key).toString('base64url') };
    },
  };
}

/** The server that signed the golden results. */
export const SERVER = signerOf(Buffer.from(golden('signing-key.hex').trim(), 'hex'));
/** Somebody else. */
export const STRANGER = signerOf(Buffer.alloc(32, 9));

/** A golden file of format 1. */
export function goldenFile(name: string): ResultsFile1 {
  const read = readResults(golden(`${name}/results.json`));
  if (!read.ok || read.value.format !== 'elekto-results/1') throw new Error(`${name} is not golden`);
  return read.value;
}

/** Ranks of a golden result's rows in the manifest's order, 0 for not ranked. */
export function goldenRows(name: string): number[][] {
  const { candidates } = goldenFile(name).manifest;
  const table = parseBallotsCsv(golden(`${name}/ballots.csv`));
  const columns = candidates.map((id) => table.candidates.indexOf(id));
  return Array.from(table.ballots, ({ ranks }) => columns.map((column) => ranks[column] ?? 0));
}

/** The same election as a file of format 2, as this server would sign it now. */
export function asFormat2(name: string, changes: Partial<ResultsFile2> = {}): ResultsFile2 {
  const { commit: _, outcome: _outcome, ...rest } = goldenFile(name);
  const file = { ...rest, openedAs: null, struck: [], voided: [], ...changes };
  const ballots = goldenRows(name).map((ranks) => ({ ranks }));
  const outcome = dataOf(countByRule(ruleOf(file.manifest, file), ballots, file.tieDecisions));
  return SERVER.sign({
    ...file,
    format: 'elekto-results/2',
    eligible: Math.max(file.eligible, file.cast),
    outcome,
  }) as ResultsFile2;
}
