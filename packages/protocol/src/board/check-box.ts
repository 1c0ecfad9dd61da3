import { fateOf, type OwnReceipt, type SeenBox } from '@elekto/custody/board';
import { fromBase64Url, toHex } from '@elekto/wire';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import { checkReceipt, type Receipted } from '../result/check-voter.ts';
import { readReceipt } from '../result/read-results.ts';

/** What the server shows to the holder of a receipt whose record left the box. */
export interface ShownRelease {
  /** The record that left, base64url. */
  readonly record: string;
  /** Hash of the record in its place, hex; null: withdrawn. */
  readonly newHash: string | null;
  /** The voter's signature, base64url. */
  readonly release: string;
}

/** Whether this very box stands on the protected branch, and no other one of the same run does. */
export function checkBranch(board: Pick<SeenBox, 'box'>, boxes: readonly string[]): Check {
  const hash = toHex(board.box.hash);
  const say = (ok: boolean, code: Check['code']): Check => checked('branch', ok, code, { hash });
  if (!boxes.includes(hash)) return say(false, 'box-not-on-branch');
  return new Set(boxes).size > 1 ? say(false, 'two-boxes') : say(true, 'box-on-branch');
}

/**
 * What became of the ballot of a receipt: it is in the box, or its own voter released it, or the server dropped it. A
 * replacement that its voter did not sign is a drop.
 */
export async function checkOwn(
  file: Receipted,
  board: SeenBox,
  key: string,
  text: string,
  released: () => Promise<ShownRelease | null | undefined> = () => Promise.resolve(undefined),
): Promise<Check> {
  const found = await checkReceipt(file, key, text, board.box.recordHashes);
  const receipt = readReceipt(text);
  if (found.code !== 'receipt-not-counted' || !receipt.ok) return found;
  const shown = await released();
  // A server that says nothing is not yet one that dropped a ballot, nor is it believed.
  if (shown === undefined) return checked('receipt', false, 'receipt-unanswered');
  if (fateOf(board, receipt.value.recordHash, bytesOf(shown)) === 'dropped')
    return checked('receipt', false, 'receipt-dropped');
  return checked('receipt', true, leftFor(board, shown?.newHash ?? null));
}

/** A server that took the word and dropped the ballot in its place gave no receipt for that one: its holder has to look at it. */
function leftFor({ box }: SeenBox, newHash: string | null): Check['code'] {
  if (newHash === null) return 'receipt-withdrawn';
  return box.recordHashes.has(newHash) ? 'receipt-replaced' : 'receipt-replaced-gone';
}

function bytesOf(shown: ShownRelease | null): OwnReceipt['shown'] {
  if (shown === null) return null;
  const record = fromBase64Url(shown.record, Math.floor((shown.record.length * 3) / 4));
  const release = fromBase64Url(shown.release, 64);
  return record === null || release === null ? null : { record, release, newHash: shown.newHash };
}
