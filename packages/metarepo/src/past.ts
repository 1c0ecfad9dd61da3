import { commitsTo, type Commit } from './git/commits.ts';
import { gitTree } from './git/git-tree.ts';
import { ObjectStore } from './git/object-store.ts';
import { MetaRepoError } from './meta-repo-error.ts';
import type { MetaOptions } from './model.ts';
import { openSource, type LocalCopy } from './source.ts';

/** A text that a file had on the way to the head. */
export interface PastText {
  readonly text: string;
  /**
   * The earliest time that a commit of the branch itself with it bears, ms; Infinity where none had it. Whoever proposes a change
   * dates their commits as they like: what counts is when the change was merged.
   */
  readonly since: number;
}

/** A repository with as much of its past as a question about it takes. */
export interface Past {
  /** What to give `openMetaRepo`, so that it reads the very commit whose past this is. */
  readonly at: Pick<MetaOptions, 'source' | 'branch'>;
  readonly head: string;
  /** Whether the head is this commit, or came after it. */
  follows(commit: string): boolean;
  /**
   * Every text that a file had from `commit` to the head, by whichever way; those of more than `longest` bytes (100,000) are left out. With
   * null, from as far back as the past is at hand.
   */
  textsOf(path: string, commit: string | null, longest?: number): Promise<readonly PastText[]>;
}

/** Most changes come within the first so many commits; then more, then all are asked for. */
const DEPTHS = [100, 2_000, null] as const;
const LONGEST_TEXT = 100_000;

/**
 * Reads a repository with its past, back to the commits `wanted` where it has them. Rejects with MetaRepoError when it cannot
 * be read, and for a folder that is no repository: that has no past.
 */
export async function readPast(options: MetaOptions, wanted: readonly string[]): Promise<Past> {
  const source = await openSource(options);
  try {
    for (const depth of DEPTHS) {
      const copy = await source.withPast(depth);
      if (copy === null)
        throw new MetaRepoError(
          'unsupported',
          `${source.shown} is a folder and no git repository: it has no history.`,
        );
      const past = await pastOf(copy);
      if (depth === null || copy.isWhole) return past;
      if (wanted.every((commit) => past.follows(commit)) && (await isWholeSince(copy, wanted))) return past;
    }
    throw new MetaRepoError('unreadable', `${source.shown} cannot be read.`);
  } finally {
    source.close();
  }
}

/**
 * Whether all commits between these and the head are there, by whichever way: where an old branch is merged late, the shortest way to a
 * commit is not the only one.
 */
const isWholeSince = ({ objects, commit: head }: LocalCopy, commits: readonly string[]): Promise<boolean> =>
  within(objects, async (store) => {
    for (const commit of commits) {
      const before = await commitsTo(store, commit, new Set());
      const since = await commitsTo(store, head, new Set(before.keys()));
      for (const { id, parents } of since.values())
        if (!before.has(id) && !parents.every((parent) => since.has(parent))) return false;
    }
    return true;
  });

async function pastOf({ gitDir, branch, objects, commit: head }: LocalCopy): Promise<Past> {
  const all = await within(objects, (store) => commitsTo(store, head, new Set()));
  return {
    at: { source: gitDir, branch },
    head,
    follows: (commit) => all.has(commit),
    textsOf: (path, commit, longest = LONGEST_TEXT) =>
      within(objects, async (store) =>
        textsIn(
          store,
          path,
          await commitsTo(store, head, new Set(commit === null ? [] : [commit])),
          head,
          longest,
        ),
      ),
  };
}

async function textsIn(
  store: ObjectStore,
  path: string,
  commits: ReadonlyMap<string, Commit>,
  head: string,
  longest: number,
): Promise<PastText[]> {
  const own = branchOf(commits, head);
  const since = new Map<string, number>();
  const byTree = new Map<string, string | null>();
  for (const { id, tree, committedAt } of commits.values()) {
    if (!byTree.has(tree)) byTree.set(tree, await blobAt(store, id, path));
    const blob = byTree.get(tree) ?? null;
    const at = own.has(id) ? committedAt : Infinity;
    if (blob !== null) since.set(blob, Math.min(at, since.get(blob) ?? Infinity));
  }
  const texts: PastText[] = [];
  for (const [blob, at] of since)
    if ((await store.size(blob)) <= longest)
      texts.push({ text: (await store.read(blob)).data.toString('utf8'), since: at });
  return texts;
}

/** The commits that were the head of the branch: each the first parent of the next. */
function branchOf(commits: ReadonlyMap<string, Commit>, head: string): ReadonlySet<string> {
  const own = new Set<string>();
  for (let at = commits.get(head); at !== undefined && !own.has(at.id); at = commits.get(at.parents[0] ?? ''))
    own.add(at.id);
  return own;
}

async function blobAt(store: ObjectStore, commit: string, path: string): Promise<string | null> {
  const tree = await gitTree(store, commit);
  const names = path.split('/');
  let id = tree.root;
  for (const [depth, name] of names.entries()) {
    const kind = depth === names.length - 1 ? 'file' : 'folder';
    const entry = (await tree.list(id)).find((one) => one.name === name && one.kind === kind);
    if (entry === undefined) return null;
    id = entry.id;
  }
  return id;
}

async function within<T>(objects: string, work: (store: ObjectStore) => Promise<T>): Promise<T> {
  const store = await ObjectStore.open(objects);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
