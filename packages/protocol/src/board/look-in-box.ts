import { type Chain, checkManifestKey, openBoard, readManifest } from '@elekto/custody/board';
import { finishedKey, readTranscript } from '@elekto/custody/ceremony';
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
 */
export async function lookInBox(input: BoxInput): Promise<InBox> {
  const transcript = readTranscript(input.transcript);
  if (!transcript.ok) return { ok: false, problem: transcript.error.message };
  const key = finishedKey(transcript.value.header, transcript.value.posts);
  if (!key.ok) return { ok: false, problem: key.error.message };
  const manifest = readManifest(input.manifest);
  if (!manifest.ok) return { ok: false, problem: manifest.error.message };
  const fits = checkManifestKey(manifest.value, key.value);
  if (!fits.ok) return { ok: false, problem: fits.error.message };
  const board = openBoard(manifest.value, key.value, Number.MAX_SAFE_INTEGER, input.box);
  if (!board.ok) return { ok: false, problem: board.error.message };
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
    board: board.value,
    own: await checkOwn(place, board.value, signer, input.receipt, input.released),
  };
}
