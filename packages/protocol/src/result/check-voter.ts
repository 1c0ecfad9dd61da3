import type { CandidateId } from '@elekto/election';
import { receiptMessage } from '../ballot/record.ts';
import { checked } from './check.ts';
import type { Check, Facts } from './check.ts';
import type { Ranks } from './read-ballots.ts';
import { readReceipt } from './read-results.ts';
import { trackersOf } from './results.ts';
import type { ResultsFile, ResultsFile3 } from './results.ts';
import { isSigned } from './signature.ts';

/** What a receipt is looked up in: a result, or of a count by officers what is known before it. */
export type Receipted =
  | Exclude<ResultsFile, ResultsFile3>
  | Pick<ResultsFile3, 'format' | 'manifest' | 'manifestHash' | 'voided'>;

/**
 * Whether the ballot of a saved receipt is among the counted records. The receipt is checked with the key that signed
 * the results, never with its own.
 *
 * @param boxed of format 3: what is in the box, from its file.
 */
export async function checkReceipt(
  file: Receipted,
  key: string,
  text: string,
  boxed?: ReadonlySet<string>,
): Promise<Check> {
  const say = (ok: boolean, code: Check['code'], facts?: Facts): Check => checked('receipt', ok, code, facts);
  const read = readReceipt(text);
  if (!read.ok) return say(false, read.code, read.facts);
  const receipt = read.value;
  const voided = file.format === 'elekto-results/1' ? [] : file.voided;
  const restart = voided.find(({ manifestHash }) => manifestHash === receipt.manifestHash);
  if (restart === undefined && receipt.manifestHash !== file.manifestHash) {
    return say(false, 'receipt-other-election');
  }
  const message = receiptMessage(receipt.election, receipt.manifestHash, receipt.recordHash);
  if (!(await isSigned(key, receipt.signature, message))) return say(false, 'receipt-other-server');
  if (restart !== undefined) return say(false, 'receipt-voided', { at: new Date(restart.at).toISOString() });
  if (receipt.election !== file.manifest.key) return say(false, 'receipt-other-election');
  if (file.manifest.receipts === 'none') return say(false, 'receipt-none');
  const records = file.format === 'elekto-results/3' ? boxed : new Set(file.records);
  if (records === undefined) return say(false, 'receipt-board');
  return records.has(receipt.recordHash) ? say(true, 'receipt-counted') : say(false, 'receipt-not-counted');
}

/** A tracker as people copy it: white space, hyphens and letter case make no difference. */
export const cleanTracker = (text: string): string => text.replaceAll(/[\s-]/gu, '').toLowerCase();

/** The ballot under a tracker, rank by candidate. `rows` is null where the ballots are not published. */
export function checkTracker(
  file: ResultsFile,
  rows: readonly Ranks[] | null,
  given: string,
): { readonly check: Check; readonly ballot: Readonly<Record<CandidateId, number>> | null } {
  const index = trackersOf(file).indexOf(cleanTracker(given));
  if (index < 0) return { check: checked('tracker', false, 'tracker-unknown'), ballot: null };
  const row = index + 1;
  if (rows === null) return { check: checked('tracker', true, 'tracker-listed', { row }), ballot: null };
  const ranks = rows[index];
  if (ranks === undefined) return { check: checked('tracker', false, 'tracker-unknown'), ballot: null };
  const ranked = file.manifest.candidates.flatMap((id, at) => (ranks[at] ? [[id, ranks[at]] as const] : []));
  return { check: checked('tracker', true, 'tracker-found', { row }), ballot: Object.fromEntries(ranked) };
}
