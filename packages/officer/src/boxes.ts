import { BOXES_NAME, readBoxes } from '@elekto/election';
import type { Past } from '@elekto/metarepo';

/** What box.txt says of the boxes of an election. */
export interface BranchBoxes {
  /** Hashes (hex) of the boxes that stand on the branch or stood there since the ballots' files were pinned. */
  readonly hashes: readonly string[];
  /** When the box in question came there, ms; null when it does not stand there now. */
  readonly since: number | null;
}

const linesIn = ({ text }: { readonly text: string }) => readBoxes({ path: BOXES_NAME, text }).boxes;

/**
 * Reads the boxes of an election from the branch and its past: a line that was taken away or replaced still counts, so that
 * a second box is seen by whoever remembers nothing. `isVoided` tells by its manifest whether a quorum voided a run.
 */
export async function boxesOnBranch(
  past: Past,
  path: string,
  pinned: string,
  box: string,
  isVoided: (manifest: string) => boolean,
): Promise<BranchBoxes> {
  const standing = (texts: readonly { readonly text: string }[]): string[] =>
    texts
      .flatMap(linesIn)
      .filter(({ manifestHash }) => !isVoided(manifestHash))
      .map(({ hash }) => hash);
  const now = standing(await past.textsOf(path, past.head));
  if (!now.includes(box)) return { hashes: now, since: null };
  const ever = await past.textsOf(path, pinned);
  const since = ever.filter((one) => linesIn(one).some(({ hash }) => hash === box));
  return { hashes: standing(ever), since: Math.min(...since.map((one) => one.since)) };
}
