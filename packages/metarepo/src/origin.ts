import { commitsTo, type Commit } from './git/commits.ts';
import { gitTree, OversizedTreeError } from './git/git-tree.ts';
import type { ObjectStore } from './git/object-store.ts';
import { decodeText } from './decode.ts';
import type { TreeReader } from './tree-reader.ts';

/** A file that is known by what it says, under whatever name it lies in a folder. */
export interface Mark {
  /** From the root. The file lies in it directly. */
  readonly folder: string;
  /** How its name ends. */
  readonly ending: string;
  /** Files of more bytes are not looked at. */
  readonly longest: number;
  readonly is: (text: string) => boolean;
}

/** Where a marked file came into the history. */
export interface Origin {
  /** A commit with the file before which none has it; null where none has it. */
  readonly commit: string | null;
  /** A commit with the file whose past is not at hand, so that the file may be older; null where there is none. */
  readonly cut: string | null;
}

/**
 * Looks for a marked file in every commit that leads to `head`, as far as the past is at hand: it may have been taken out and put
 * back. What the same folder held before is not read twice.
 */
export async function originOf(store: ObjectStore, head: string, mark: Mark): Promise<Origin> {
  const commits = await commitsTo(store, head, new Set());
  const isIn = finder(store, mark);
  const having = new Set<string>();
  for (const { id, tree } of commits.values()) if (await isIn(id, tree)) having.add(id);
  for (const id of having)
    if (commits.get(id)?.parents.some((parent) => !commits.has(parent)) === true)
      return { commit: id, cut: id };
  let [first = null] = having;
  for (let before = first; before !== null; before = olderThan(before, commits, having)) first = before;
  return { commit: first, cut: null };
}

/** A commit before this one that has the file, too. */
function olderThan(
  commit: string,
  commits: ReadonlyMap<string, Commit>,
  having: ReadonlySet<string>,
): string | null {
  const seen = new Set<string>();
  const next = [...(commits.get(commit)?.parents ?? [])];
  let older: string | null = null;
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (having.has(id)) older = id;
    next.push(...(commits.get(id)?.parents ?? []));
  }
  return older;
}

/** Whether a commit's tree has the file. What was found of a tree, a folder or a file holds for every other commit with it. */
function finder(store: ObjectStore, mark: Mark): (commit: string, tree: string) => Promise<boolean> {
  const parts = mark.folder.split('/').filter((each) => each !== '' && each !== '.');
  const roots = new Map<string, boolean>();
  const folders = new Map<string, boolean>();
  const files = new Map<string, boolean>();
  const isFile = (tree: TreeReader, id: string, path: string): Promise<boolean> =>
    once(files, id, async () => {
      if ((await tree.size(id)) > mark.longest) return false;
      return mark.is(decodeText(await tree.read(id), path).text);
    });
  const isInFolder = (tree: TreeReader, id: string): Promise<boolean> =>
    once(folders, id, async () => {
      for (const { name, kind, id: file } of await tree.list(id)) {
        const isMeant = kind === 'file' && name.endsWith(mark.ending);
        if (isMeant && (await isFile(tree, file, `${mark.folder}/${name}`))) return true;
      }
      return false;
    });
  return (commit, root) =>
    once(roots, root, async () => {
      try {
        const tree = await gitTree(store, commit);
        const folder = await folderIn(tree, parts);
        return folder !== null && (await isInFolder(tree, folder));
      } catch (error) {
        // Nobody reads an election in it either.
        if (error instanceof OversizedTreeError) return false;
        throw error;
      }
    });
}

async function once(known: Map<string, boolean>, id: string, find: () => Promise<boolean>): Promise<boolean> {
  const found = known.get(id) ?? (await find());
  known.set(id, found);
  return found;
}

async function folderIn(tree: TreeReader, parts: readonly string[]): Promise<string | null> {
  let id = tree.root;
  for (const part of parts) {
    const entry = (await tree.list(id)).find(({ name, kind }) => name === part && kind === 'folder');
    if (entry === undefined) return null;
    id = entry.id;
  }
  return id;
}
