/**
 * What our copy of a remote repository consists of: the pack of its first fetch, which needs nothing else, and the
 * pack of the last fetch, which may build on that one and on no other. Were packs to build on each other in a row,
 * a commit that takes back an earlier one could leave two objects each as the other's difference, and neither
 * could be read.
 */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Ids of packs are those in their files' names; null for an answer that held no object. */
export interface CopyState {
  /** The commit that the copy was made at: all that a server is told we have. */
  readonly base: string;
  readonly basePack: string;
  /** The commit of the last fetch that succeeded. */
  readonly commit: string;
  readonly lastPack: string | null;
  /** Bytes of all packs that were fetched since the first, those that are gone too. */
  readonly fetchedSince: number;
}

const NAME = 'elekto-copy.json';
const ID = /^[0-9a-f]{40}$/;

/** The state of a copy; null when there is none that could be used. */
export async function readCopyState(gitDir: string): Promise<CopyState | null> {
  try {
    const state = JSON.parse(await readFile(join(gitDir, NAME), 'utf8')) as CopyState;
    const { base, basePack, commit, lastPack, fetchedSince } = state;
    const isWhole =
      [base, basePack, commit, lastPack ?? basePack].every((id) => ID.test(id)) && fetchedSince >= 0;
    return isWhole ? state : null;
  } catch {
    return null;
  }
}

/** Replaces the state in one step, so that a process that ends meanwhile leaves the old or the new one. */
export async function writeCopyState(gitDir: string, state: CopyState): Promise<void> {
  const path = join(gitDir, NAME);
  await writeFile(`${path}.new`, JSON.stringify(state));
  await rename(`${path}.new`, path);
}

/** Makes the copy one that cannot be used, so that the next fetch brings everything again. */
export const forgetCopyState = (gitDir: string): Promise<void> => rm(join(gitDir, NAME), { force: true });

/** Removes every pack but the first and the last. */
export async function dropOtherPacks(gitDir: string, { basePack, lastPack }: CopyState): Promise<void> {
  const folder = join(gitDir, 'objects', 'pack');
  const kept = new Set([basePack, lastPack].map((id) => `pack-${id}`));
  for (const name of await readdir(folder))
    if (!kept.has(name.replace(/\.[a-z]+$/, ''))) await rm(join(folder, name), { force: true });
}
