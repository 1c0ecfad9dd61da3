import { accept, type Result } from '@elekto/custody/ballot';
import { type Chain, type RunTask, verifyBoard } from '@elekto/custody/board';
import { hashManifest, type OfficersManifest } from '../manifest/index.ts';
import type { Check } from '../result/check.ts';
import { readReceipt } from '../result/read-results.ts';
import { checkOwn, type ShownRelease } from './check-box.ts';

/** What a closed box is looked into from, before there is a result. */
export interface BoxInput {
  /** Canonical JSON of what the ballots were sealed for. */
  readonly manifest: string;
  /** The custody file. */
  readonly transcript: string;
  readonly box: Uint8Array;
  /** A saved receipt, as text. */
  readonly receipt: string;
  /** The server's key, base64url, as known from elsewhere; without it the receipt vouches for itself. */
  readonly publicKey?: string | undefined;
  readonly released?: (() => Promise<ShownRelease | null | undefined>) | undefined;
}

export type InBox =
  | { readonly ok: true; readonly board: Chain; readonly own: Check }
  /** The box is none, in a sentence that names step and party. */
  | { readonly ok: false; readonly problem: string };

/**
 * Whether the ballot of a receipt is in a closed box, every ballot of which is proven and there once. `own` has the code
 * `receipt-counted` when it is. How many there may be is not known before the result, which says it.
 *
 * @param run checks the proofs; here and now where it is left out.
 */
export async function lookInBox(input: BoxInput, run?: RunTask): Promise<InBox> {
  const found = await boxIn(input, run);
  if (!found.ok) return { ok: false, problem: found.error.message };
  const board = found.value;
  const pinned = JSON.parse(input.manifest) as OfficersManifest;
  const place = {
    format: 'elekto-results/3',
    manifest: pinned,
    manifestHash: hashManifest(pinned),
    voided: [],
  } as const;
  const read = readReceipt(input.receipt);
  const signer = input.publicKey ?? (read.ok ? read.value.publicKey : '');
  return {
    ok: true,
    board,
    own: await checkOwn(place, board, signer, input.receipt, input.released),
  };
}

/** The verification of a count as far as its box. */
async function boxIn({ manifest, transcript, box }: BoxInput, run?: RunTask): Promise<Result<Chain>> {
  const electors = Number.MAX_SAFE_INTEGER;
  const lines = verifyBoard({ manifest, transcript, box, electors, mixes: [], decryptions: [] }, run);
  for await (const line of lines) {
    if (!line.ok) return line;
    if (line.step.code === 'box-proven') return accept(line.step.board);
  }
  throw new Error('a verification that neither refuses a box nor proves it');
}
