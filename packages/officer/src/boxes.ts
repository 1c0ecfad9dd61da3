/* eslint elekto/words-in-catalogue: off -- a refusal, which names step and party as those of packages/custody, in English */
import { posix } from 'node:path';
import { accept, refuse, type Result } from '@elekto/custody';
import { BOXES_NAME, keyToFolders, readBoxes } from '@elekto/election';
import type { Past, PastText } from '@elekto/metarepo';
import { writer } from './repository.ts';

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

/** The folders that an election of this key may have or have had, from the repository's root. */
export function foldersOf(key: string, folder: string): Result<string[]> {
  const folders = keyToFolders(key);
  return folders === null
    ? refuse(
        'act-election',
        writer,
        `${key} has too many parts: its boxes cannot be looked for in every folder that it may have had.`,
      )
    : accept(folders.map((each) => posix.join(folder, each)));
}

/** Where box.txt of an election in these folders lies or has lain. */
export const boxFilesIn = (folders: readonly string[]): string[] =>
  folders.map((each) => posix.join(each, BOXES_NAME));

/**
 * Reads the boxes of an election from the branch and its past: a line that was taken away or replaced still counts, so that
 * a second box is seen by whoever remembers nothing. `paths`: wherever box.txt of the election may lie or have lain, as a folder that is
 * moved may keep its key. `since`: the commits of the files of this run and of the first one that was seen, as the first may be taken
 * out before the second begins. A run that officers voided has no box: its line counts as any other.
 */
export async function boxesOnBranch(
  past: Past,
  paths: readonly string[],
  since: readonly string[],
  box: string,
): Promise<BranchBoxes> {
  const hashesIn = (texts: readonly { readonly text: string }[]): string[] =>
    texts.flatMap(linesIn).map(({ hash }) => hash);
  const ever = await textsSince(past, paths, since);
  const now = hashesIn(await textsSince(past, paths, [past.head]));
  const hashes = [...new Set(hashesIn(ever))];
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
