import { BOXES_NAME, readBoxes } from '@elekto/election';
import type { Past, PastText } from '@elekto/metarepo';

/** What box.txt says of the boxes of an election. */
export interface BranchBoxes {
  /**
   * Hashes (hex) of the boxes that stand on the branch or stood there since the commits in question; the one in question only where
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
 * moved may keep its key. `since`: the commits of the files of this run and of the first one that was seen, as the first may be taken
 * out before the second begins. `isVoided` tells by its manifest whether a quorum voided a run.
 */
export async function boxesOnBranch(
  past: Past,
  paths: readonly string[],
  since: readonly string[],
  box: string,
  isVoided: (manifest: string) => boolean,
): Promise<BranchBoxes> {
  const standing = (texts: readonly { readonly text: string }[]): string[] =>
    texts
      .flatMap(linesIn)
      .filter(({ manifestHash }) => !isVoided(manifestHash))
      .map(({ hash }) => hash);
  const ever = await textsSince(past, paths, since);
  const now = standing(await textsSince(past, paths, [past.head]));
  const hashes = [...new Set(standing(ever))];
  if (!now.includes(box)) return { hashes: hashes.filter((hash) => hash !== box), since: null };
  const there = ever.filter((one) => linesIn(one).some(({ hash }) => hash === box));
  return { hashes, since: Math.min(...there.map((one) => one.since)) };
}

/** Manifests (hex) of the runs whose boxes were ever named there, as far as the past is at hand. */
export async function runsNamed(past: Past, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const texts = await textsSince(past, paths, [null]);
  return new Set(texts.flatMap(linesIn).map(({ manifestHash }) => manifestHash));
}

async function textsSince(
  past: Past,
  paths: readonly string[],
  commits: readonly (string | null)[],
): Promise<PastText[]> {
  const texts: PastText[] = [];
  for (const commit of commits) for (const path of paths) texts.push(...(await past.textsOf(path, commit)));
  return texts;
}
