import type { BoxOnBranch, CustodyFile, CustodyFolders, Instant } from '@elekto/election';
import type { KeptFile } from './kept-files.ts';

/** What the repository says about the board of an election. */
export interface BoardSource {
  /** The custody files: the one whose ceremony the manifest names has the key. */
  readonly custody: Pick<CustodyFolders, 'boards'>;
  /** What stands in box.txt, for all runs. */
  readonly boxes: readonly BoxOnBranch[];
  /** For how long, ms, a box is open to inspection before anybody mixes it. */
  readonly inspection: number;
}

/** The custody file whose ceremony gave the key of a manifest, under whatever name it lies; null when the repository has none. */
export const fileOfCeremony = (
  { boards }: BoardSource['custody'],
  transcriptHash: string,
): CustodyFile | null =>
  [...boards.values()].find(({ board }) => board?.transcriptHash === transcriptHash) ?? null;

/** The text of that file. */
export const transcriptOf = ({ custody }: BoardSource, transcriptHash: string): string | null =>
  fileOfCeremony(custody, transcriptHash)?.text ?? null;

interface BoxHashes {
  /** Whether the hash of the box stands there. */
  readonly onBranch: boolean;
  /** Those of the same run that are another one. */
  readonly otherBoxes: readonly string[];
}

/** What the branch says of the box of a run. */
export function boxesOf(
  { boxes }: BoardSource,
  { manifestHash }: { readonly manifestHash: string },
  box: Pick<KeptFile, 'hash'> | null,
): BoxHashes {
  const here = [
    ...new Set(boxes.filter((each) => each.manifestHash === manifestHash).map(({ hash }) => hash)),
  ];
  return {
    onBranch: box !== null && here.includes(box.hash),
    otherBoxes: here.filter((hash) => hash !== box?.hash),
  };
}

/** When the inspection of a box is over, ms; null while its hash is not known to stand on the branch. */
export function inspectedUntil({ inspection }: BoardSource, box: KeptFile | null): Instant | null {
  const since = box?.onBranchSince ?? null;
  return since === null ? null : since + inspection;
}
