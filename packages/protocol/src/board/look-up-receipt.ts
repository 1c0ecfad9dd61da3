import type { RunTask } from '@elekto/custody/board';
import type { BoxOnBranch } from '@elekto/election';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import { checkBranch, type ShownRelease } from './check-box.ts';
import { lookInBox } from './look-in-box.ts';

/** A receipt, and what the server shows of the box that officers count, with or without a result. */
export interface ReceiptQuestion {
  /** The receipt's text. */
  readonly receipt: string;
  /** Canonical JSON of what the ballots are sealed for. */
  readonly manifest: string;
  /** The custody file. */
  readonly transcript: string;
  readonly box: Uint8Array;
  /** With which the server signs results; null before there is one: then a receipt is measured by its own key. */
  readonly publicKey: string | null;
  /** What box.txt names. */
  readonly boxesOnBranch: readonly BoxOnBranch[];
  /** As of `CountInput`. */
  released(): Promise<ShownRelease | null | undefined>;
}

/**
 * Looks for the ballot of a receipt in a closed box: whether it is there, or was released by its voter, or dropped; then whether
 * this box is the one that stands on the branch.
 *
 * @param run checks the proofs; here and now where it is left out.
 */
export async function lookUpReceipt(question: ReceiptQuestion, run?: RunTask): Promise<readonly Check[]> {
  const found = await lookInBox({ ...question, publicKey: question.publicKey ?? undefined }, run);
  if (!found.ok) return [checked('box', false, 'board-refused', { sentence: found.problem })];
  const { board, own } = found;
  const { manifestHash } = board.manifest.rules;
  const said = own.code === 'receipt-counted' ? checked('receipt', true, 'receipt-boxed') : own;
  const named = question.boxesOnBranch.filter((each) => each.manifestHash === manifestHash);
  return named.length === 0
    ? [said]
    : [
        said,
        checkBranch(
          board,
          named.map(({ hash }) => hash),
        ),
      ];
}
