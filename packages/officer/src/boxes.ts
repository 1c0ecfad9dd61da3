import { BOXES_NAME, readBoxes } from '@elekto/election';
import type { Past, PastText } from '@elekto/metarepo';

/** What box.txt says of the boxes of an election. */
export interface BranchBoxes {
  /**
   * Hashes (hex) of the boxes that stand on the branch or stood there since the ballots' files were pinned; the one in question only where
   * it stands there now.
   */
  readonly hashes: readonly string[];
  /** When the box in question came there, ms; null when it does not stand there now. */
  readonly since: number | null;
}

const linesIn = ({ text }: { readonly text: string }) => readBoxes({ path: BOXES_NAME, text }).boxes;

/**
 * Reads the boxes of an election from the branch and its past: a line that was taken away or replaced still counts, so that
 * a second box is seen by whoever remembers nothing. `paths`: wherever box.txt of the election may lie or have lain, as a folder that is
 * moved may keep its key. `isVoided` tells by its manifest whether a quorum voided a run.
 */
export async function boxesOnBranch(
  past: Past,
  paths: readonly string[],
  pinned: string,
  box: string,
  isVoided: (manifest: string) => boolean,
): Promise<BranchBoxes> {
  const standing = (texts: readonly { readonly text: string }[]): string[] =>
    texts
      .flatMap(linesIn)
      .filter(({ manifestHash }) => !isVoided(manifestHash))
      .map(({ hash }) => hash);
  const from = async (commit: string): Promise<PastText[]> => {
    const texts: PastText[] = [];
    for (const path of paths) texts.push(...(await past.textsOf(path, commit)));
    return texts;
  };
  const ever = await from(pinned);
  const now = standing(await from(past.head));
  if (!now.includes(box)) return { hashes: standing(ever).filter((hash) => hash !== box), since: null };
  const since = ever.filter((one) => linesIn(one).some(({ hash }) => hash === box));
  return { hashes: standing(ever), since: Math.min(...since.map((one) => one.since)) };
}
