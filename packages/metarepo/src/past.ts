import { commitsTo, type Commit } from './git/commits.ts';
import { gitTree } from './git/git-tree.ts';
import { MissingObjectError, ObjectStore } from './git/object-store.ts';
import { MetaRepoError } from './meta-repo-error.ts';
import type { MetaOptions } from './model.ts';
import { type Mark, type Origin, originOf } from './origin.ts';
import { openSource, type LocalCopy, type Source } from './source.ts';

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
  /** The commit with the marked file before which none has it; null where no mark was given, or none has it. */
  readonly origin: string | null;
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
/** A mark is looked for in more of them at once: what was taken out and put back within so many is seen. */
const DEPTHS_OF_MARK = [2_000, 100_000] as const;
const LONGEST_TEXT = 100_000;
/** So long, ms, a repository may take to give its history. */
const LONGEST_LOOK = 15 * 60_000;

/**
 * Reads a repository with its past, back to the commits `wanted` where it has them. With a mark also back to where that file came into
 * it: as far as no commit whose past is not at hand has the file. Rejects with MetaRepoError when it cannot be read, when the marked file
 * may be older than what can be had, and for a folder that is no repository: that has no past. As long as it is used, nothing else may read
 * with the same `cacheDir`: the copy of a remote lies there, and the next one is made in its place.
 */
export async function readPast(
  options: MetaOptions,
  wanted: readonly string[],
  mark: Mark | null = null,
): Promise<Past> {
  const source = await openSource(options);
  const late = AbortSignal.timeout(LONGEST_LOOK);
  late.addEventListener('abort', () => source.close());
  try {
    return await readWith(source, wanted, mark);
  } catch (error) {
    if (late.aborted)
      throw new MetaRepoError('unreadable', `${source.shown} did not give its history in 15 minutes.`);
    if (error instanceof MissingObjectError && mark !== null) throw cutShort(source.shown, null);
    throw error;
  } finally {
    source.close();
  }
}

async function readWith(source: Source, wanted: readonly string[], mark: Mark | null): Promise<Past> {
  let cut: string | null = null;
  for (const depth of mark === null ? DEPTHS : DEPTHS_OF_MARK) {
    const copy = await source.withPast(depth);
    if (copy === null)
      throw new MetaRepoError(
        'unsupported',
        `${source.shown} is a folder and no git repository: it has no history.`,
      );
    const origin = await markedIn(copy, mark);
    const past = await pastOf(copy, origin);
    const isReached =
      origin.cut === null && (await isWholeSince(copy, origin.commit === null ? [] : [origin.commit]));
    if ((depth === null || copy.isWhole) && isReached) return past;
    cut = origin.cut ?? origin.commit;
    if (depth === null || copy.isWhole) break;
    if (isReached && wanted.every((commit) => past.follows(commit)) && (await isWholeSince(copy, wanted)))
      return past;
  }
  throw cutShort(source.shown, cut);
}

const markedIn = async ({ objects, commit }: LocalCopy, mark: Mark | null): Promise<Origin> =>
  mark === null ? { commit: null, cut: null } : within(objects, (store) => originOf(store, commit, mark));

const cutShort = (shown: string, at: string | null): MetaRepoError =>
  new MetaRepoError(
    'cut',
    `The history of ${shown} is not there as a whole${at === null ? '' : ` around commit ${at.slice(0, 12)}`}, and the file that it is read for may be older. A clone gets the rest with "git fetch --unshallow"; else name the address of the repository itself.`,
  );

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

async function pastOf(
  { gitDir, branch, objects, commit: head }: LocalCopy,
  { commit: origin }: Origin,
): Promise<Past> {
  const all = await within(objects, (store) => commitsTo(store, head, new Set()));
  return {
    at: { source: gitDir, branch },
    head,
    origin,
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
