import { acceptBox, readManifest } from '@elekto/custody/board';
import { readTranscript } from '@elekto/custody/ceremony';
import type { BoxOnBranch } from '@elekto/election';
import type { OfficersManifest } from '../manifest/manifest.ts';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import { readReceipt } from '../result/read-results.ts';
import { checkBranch, checkOwn, type ShownRelease } from './check-box.ts';

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
 * this box is the one that stands on the branch. Proofs of ballots are left to `verifyCount`.
 */
export async function lookUpReceipt(question: ReceiptQuestion): Promise<readonly Check[]> {
  const manifest = readManifest(question.manifest);
  const transcript = readTranscript(question.transcript);
  if (!manifest.ok) return [refused(manifest.error.message)];
  if (!transcript.ok) return [refused(transcript.error.message)];
  // How many electors there were is for whoever checks the count.
  const box = acceptBox(manifest.value, transcript.value.header, Infinity, question.box);
  if (!box.ok) return [refused(box.error.message)];
  const { manifestHash } = manifest.value.rules;
  const seen = { manifest: manifest.value, box: box.value };
  const run = {
    format: 'elekto-results/3',
    manifest: JSON.parse(question.manifest) as OfficersManifest,
    manifestHash,
    voided: [],
  } as const;
  const read = readReceipt(question.receipt);
  const key = question.publicKey ?? (read.ok ? read.value.publicKey : '');
  const own = await checkOwn(run, seen, key, question.receipt, question.released);
  const said = own.code === 'receipt-counted' ? checked('receipt', true, 'receipt-boxed') : own;
  const named = question.boxesOnBranch.filter((each) => each.manifestHash === manifestHash);
  return named.length === 0
    ? [said]
    : [
        said,
        checkBranch(
          seen,
          named.map(({ hash }) => hash),
        ),
      ];
}

const refused = (sentence: string): Check => checked('box', false, 'board-refused', { sentence });
