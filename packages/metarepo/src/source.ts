import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { directoryTree } from './directory-tree.ts';
import { gitTree, OversizedTreeError } from './git/git-tree.ts';
import { MissingObjectError, ObjectStore } from './git/object-store.ts';
import { checkFormat, findGitDirs, resolveBranch, type GitDirs } from './git/repository.ts';
import { MetaRepoError } from './meta-repo-error.ts';
import type { MetaOptions } from './model.ts';
import { openRemote, type Copy, type Remote } from './remote.ts';
import { DamagedCopyError, type TreeReader } from './tree-reader.ts';

/** A source at one moment. */
export interface Opened {
  /** The commit; null when only the content tells (a plain directory). */
  readonly commit: string | null;
  readonly tree: TreeReader;
  close(): Promise<void>;
}

/** A repository on this disk, and the commit of its branch. */
export interface LocalCopy {
  readonly gitDir: string;
  readonly branch: string | undefined;
  readonly objects: string;
  readonly commit: string;
  /** Whether nothing more of the past could be had. */
  readonly isWhole: boolean;
}

export interface Source {
  /** As it may stand in a message. */
  readonly shown: string;
  /** Opens the newest state; null when it is still the commit `known`. */
  open(known: string | null): Promise<Opened | null>;
  /** Opens what was fetched last, without asking anybody; null when there is nothing. Rejects when it is damaged. */
  recall(): Promise<Opened | null>;
  /** A repository on this disk with so many commits of history (null: all); null for a plain directory. */
  withPast(depth: number | null): Promise<LocalCopy | null>;
  /** What changes on disk when the source does; empty for a remote. */
  readonly watched: readonly { path: string; recursive: boolean }[];
  close(): void;
}

/** Tells a remote, a local repository and a plain directory apart. */
export async function openSource(options: MetaOptions): Promise<Source> {
  const { source } = options;
  if (/^https?:\/\//i.test(source)) return remoteSource(options);
  if (/^(?:ssh|git):\/\/|^[\w.-]+@[\w.-]+:/i.test(source))
    throw new MetaRepoError(
      'unsupported',
      `The source ${redacted(source)} is not an http(s) URL or a local path.`,
    );
  const given = source.startsWith('file://') ? fileURLToPath(source) : source;
  const path = await realpath(given).catch(() => null);
  if (path === null || !(await stat(path)).isDirectory())
    throw new MetaRepoError('unreadable', `The source ${given} is not a directory.`);
  const dirs = await findGitDirs(path);
  if (dirs) return localSource(given, dirs, options);
  return directorySource(given, path, options.electionsDir);
}

function remoteSource(options: MetaOptions): Source {
  let remote;
  try {
    remote = openRemote({
      url: options.source,
      branch: options.branch,
      token: options.token,
      cacheDir: options.cacheDir,
      patience: options.patience,
    });
  } catch {
    throw new MetaRepoError('unreadable', 'The source is not a valid URL.');
  }
  const followed = remote;
  return {
    shown: followed.shown,
    watched: [],
    close: () => followed.close(),
    async recall() {
      const kept = await followed.recall();
      return kept && openCopy(followed, kept);
    },
    async withPast(depth) {
      const { commit, gitDir } = await followed.withPast(depth);
      const isCut = await stat(join(gitDir, 'shallow')).catch(() => null);
      return { gitDir, branch: undefined, objects: join(gitDir, 'objects'), commit, isWhole: isCut === null };
    },
    async open(known) {
      const copy = await followed.fetch(known);
      return copy.commit === known ? null : openCopy(followed, copy);
    },
  };
}

/**
 * Opens a copy of a remote. What cannot be read of one that was there before may be damage on our disk: the copy is
 * forgotten and the reading ends with DamagedCopyError. What cannot be read of a new one is so at its source.
 */
async function openCopy(followed: Remote, { commit, gitDir, isNew }: Copy): Promise<Opened> {
  const opening = openCommit(join(gitDir, 'objects'), commit, followed.shown, true);
  if (isNew) return opening;
  const forget = async (error: unknown): Promise<never> => {
    if (error instanceof OversizedTreeError) throw error;
    await followed.forget();
    throw new DamagedCopyError('our copy is damaged', { cause: error });
  };
  /** Files that are missing may have been left out for their size. */
  const forgetUnlessMissing = async (error: unknown): Promise<never> => {
    if (error instanceof MissingObjectError) throw error;
    return forget(error);
  };
  const { tree, ...rest } = await opening.catch(forget);
  return {
    ...rest,
    tree: {
      ...tree,
      list: (id) => tree.list(id).catch(forget),
      size: (id) => tree.size(id).catch(forgetUnlessMissing),
      read: (id) => tree.read(id).catch(forgetUnlessMissing),
    },
  };
}

function localSource(
  shown: string,
  dirs: GitDirs,
  { branch, commit: only }: Pick<MetaOptions, 'branch' | 'commit'>,
): Source {
  return {
    shown,
    watched: [
      { path: dirs.gitDir, recursive: false },
      ...(dirs.commonDir === dirs.gitDir ? [] : [{ path: dirs.commonDir, recursive: false }]),
      { path: join(dirs.commonDir, 'refs'), recursive: true },
    ],
    close: () => undefined,
    recall: async () => null,
    async withPast() {
      await checkFormat(dirs, shown);
      const commit = await resolveBranch(dirs, branch, shown);
      const objects = join(dirs.commonDir, 'objects');
      return { gitDir: dirs.gitDir, branch, objects, commit, isWhole: true };
    },
    async open(known) {
      await checkFormat(dirs, shown);
      const commit = only ?? (await resolveBranch(dirs, branch, shown));
      return commit === known ? null : openCommit(join(dirs.commonDir, 'objects'), commit, shown, false);
    },
  };
}

/** A commit's tree, of which only objects are read. */
export async function openCommit(
  objects: string,
  commit: string,
  shown: string,
  filtered: boolean,
): Promise<Opened> {
  const store = await ObjectStore.open(objects);
  try {
    return { commit, tree: await gitTree(store, commit, filtered), close: () => store.close() };
  } catch (error) {
    await store.close();
    throw new MetaRepoError('unreadable', `Commit ${commit.slice(0, 12)} of ${shown} cannot be read.`, {
      cause: error,
    });
  }
}

function directorySource(shown: string, path: string, electionsDir: string): Source {
  return {
    shown,
    watched: [{ path: join(path, electionsDir), recursive: true }],
    close: () => undefined,
    recall: async () => null,
    withPast: async () => null,
    open: async () => ({ commit: null, tree: directoryTree(path), close: async () => undefined }),
  };
}

/** `dir-` and 40 hex digits over everything that was read. */
export function contentId(parts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return `dir-${hash.digest('hex').slice(0, 40)}`;
}

function redacted(source: string): string {
  return source.replace(/\/\/[^@/]*@/, '//');
}
