import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import git, { type FetchResult } from 'isomorphic-git';
import {
  dropOtherPacks,
  forgetCopyState,
  readCopyState,
  writeCopyState,
  type CopyState,
} from './git/copy-state.ts';
import { httpClient, SilenceError } from './http-client.ts';
import { MetaRepoError } from './meta-repo-error.ts';

/** A repository followed over HTTP(S): our shallow, single-branch copy of it. */
export interface Remote {
  /** Fetches the branch's newest commit, however it got there. */
  fetch(known: string | null): Promise<Copy>;
  /** The copy as the last fetch that succeeded left it, without asking anybody; null when there is none. */
  recall(): Promise<Copy | null>;
  /** A copy of its own with so many commits of history (null: all), bare, its HEAD at the branch; for one look. */
  withPast(depth: number | null): Promise<Copy>;
  /** What is kept cannot be read: the next fetch brings everything again. */
  forget(): Promise<void>;
  close(): void;
  /** The source as it may be shown: without user, password or token. */
  readonly shown: string;
}

/** Our git directory, and the commit of it that counts. */
export interface Copy {
  readonly commit: string;
  readonly gitDir: string;
  /** Whether all of it was fetched just now. */
  readonly isNew: boolean;
}

export interface RemoteOptions {
  readonly url: string;
  readonly branch: string | undefined;
  readonly token: string | undefined;
  readonly cacheDir: string;
  readonly patience: number | undefined;
}

/** Below this many bytes it does not matter what is fetched twice. */
const SMALL = 256 * 1024;
/** Bytes of a first pack that is kept in memory: each fetch builds on it, and would read and check all of it. */
const MOST_KEPT = 8 * 1024 * 1024;
/** Fetches after which what was kept is read again: it keeps a little of each. */
const FETCHES = 50;

export function openRemote({ url, branch, token, cacheDir, patience }: RemoteOptions): Remote {
  const { bare, shown, user, password } = takeApart(url);
  const secret = token ?? password;
  const gitDir = join(
    cacheDir,
    `${createHash('sha256')
      .update(`${bare}\n${branch ?? ''}`)
      .digest('hex')
      .slice(0, 24)}.git`,
  );
  const abort = new AbortController();
  /** What the library has read of our packs, in an object of its own kind. */
  let read = { cache: {}, fetches: 0 };
  const forgetRead = (): void => void (read = { cache: {}, fetches: 0 });
  const http = httpClient(abort.signal, patience);
  // A fresh object each time: isomorphic-git adds its own headers to the one it is given.
  const headers = (): Record<string, string> =>
    secret
      ? { Authorization: `Basic ${Buffer.from(`${user || 'x-access-token'}:${secret}`).toString('base64')}` }
      : {};

  const newest = async (): Promise<{ commit: string; ref: string }> => {
    const wanted = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
    const refs = await git.listServerRefs({
      http,
      url: bare,
      headers: headers(),
      prefix: wanted,
      symrefs: true,
    });
    const found = refs.find((ref) => ref.ref === wanted);
    if (found) return { commit: found.oid, ref: found.target ?? wanted };
    throw new MetaRepoError(
      'no-branch',
      branch === undefined
        ? `The repository ${shown} has no commits yet.`
        : `The repository ${shown} has no branch "${branch}".`,
    );
  };

  /** Fetches a branch into a git directory; returns its commit and the id of the pack that came, if one did. */
  const download = async (
    into: string,
    ref: string,
    depth: number | null = 1,
    cache = {},
  ): Promise<{ commit: string; pack: string | null }> => {
    // The library's types leave out the name of the file that it wrote.
    const result: FetchResult & { packfile?: string } = await git.fetch({
      fs,
      http,
      cache,
      gitdir: into,
      url: bare,
      headers: headers(),
      // Full names: a tag called like the branch must not be taken for it.
      ref: trackingRef(ref),
      remoteRef: ref,
      singleBranch: true,
      ...(depth === null ? {} : { depth }),
      tags: false,
    });
    if (!result.fetchHead) throw new Error('the server named no commit');
    return {
      commit: result.fetchHead,
      pack: /pack-([0-9a-f]{40})\.pack$/.exec(result.packfile ?? '')?.[1] ?? null,
    };
  };

  /** Fetches what the newest commit has beyond the first that was fetched. */
  const downloadChanges = async (ref: string, state: CopyState): Promise<string> => {
    await dropOtherPacks(gitDir, state);
    // All that the server is told we have is the first commit.
    await git.writeRef({ fs, gitdir: gitDir, ref: trackingRef(ref), value: state.base, force: true });
    await writeFile(join(gitDir, 'shallow'), `${state.base}\n`);
    const isKept = (await packSize(gitDir, state.basePack)) <= MOST_KEPT;
    if (!isKept || read.fetches >= FETCHES) forgetRead();
    read.fetches += 1;
    const { commit, pack } = await download(gitDir, ref, 1, isKept ? read.cache : {});
    const fetched = pack === null ? 0 : await packSize(gitDir, pack);
    const fetchedSince = state.fetchedSince + fetched;
    await writeCopyState(gitDir, { ...state, commit, lastPack: pack, fetchedSince });
    return commit;
  };

  /** An empty repository of ours that knows where to fetch from. */
  const begin = async (into: string): Promise<void> => {
    await rm(into, { recursive: true, force: true });
    await mkdir(into, { recursive: true });
    await git.init({ fs, gitdir: into, dir: into, bare: true, defaultBranch: 'main' });
    await git.addRemote({ fs, gitdir: into, remote: 'origin', url: bare, force: true });
  };

  /** A process that ended between the two steps of putting a new copy in place leaves the old one aside. */
  const putBack = async (): Promise<void> => {
    if ((await stat(gitDir).catch(() => null)) === null)
      await rename(`${gitDir}.old`, gitDir).catch(ignoreMissing);
  };

  /** Fetches everything beside the copy there is, and puts it in its place once it is whole. */
  const downloadAnew = async (ref: string): Promise<string> => {
    forgetRead();
    const fresh = `${gitDir}.new`;
    const old = `${gitDir}.old`;
    try {
      await begin(fresh);
      const { commit, pack } = await download(fresh, ref);
      if (pack === null) throw new Error('the server sent nothing');
      await writeCopyState(fresh, {
        base: commit,
        basePack: pack,
        commit,
        lastPack: null,
        fetchedSince: 0,
      });
      await rm(old, { recursive: true, force: true });
      await rename(gitDir, old).catch(ignoreMissing);
      await rename(fresh, gitDir);
      return commit;
    } finally {
      // Where the new copy could not be moved into place, the old one is.
      await putBack();
      await Promise.all([fresh, old].map((path) => rm(path, { recursive: true, force: true })));
    }
  };

  /**
   * Whether what changed since the first fetch has by now cost as much as everything did then: each commit brings
   * all of it again, so a new first fetch is the cheaper way on.
   */
  const hasCost = async (state: CopyState): Promise<boolean> =>
    state.fetchedSince >= Math.max(SMALL, await packSize(gitDir, state.basePack));

  return {
    shown,
    close() {
      abort.abort();
      forgetRead();
    },
    async recall() {
      await putBack();
      const state = await readCopyState(gitDir);
      return state && { commit: state.commit, gitDir, isNew: false };
    },
    forget() {
      forgetRead();
      return forgetCopyState(gitDir);
    },
    async withPast(depth) {
      const into = `${gitDir}.past`;
      try {
        const { ref } = await newest();
        await begin(into);
        const { commit } = await download(into, ref, depth);
        await git.writeRef({ fs, gitdir: into, ref: 'HEAD', value: commit, force: true });
        return { commit, gitDir: into, isNew: true };
      } catch (error) {
        throw asMetaRepoError(error, shown, secret);
      }
    },
    async fetch(known) {
      try {
        const { commit, ref } = await newest();
        if (commit === known) return { commit, gitDir, isNew: false };
        await putBack();
        const state = await readCopyState(gitDir);
        try {
          if (state && !(await hasCost(state)))
            return { commit: await downloadChanges(ref, state), gitDir, isNew: false };
        } catch (error) {
          // The copy may be damaged, or half written by a process that was killed: once more from nothing.
          if (isRefusal(error) || error instanceof SilenceError) throw error;
        }
        return { commit: await downloadAnew(ref), gitDir, isNew: true };
      } catch (error) {
        throw asMetaRepoError(error, shown, secret);
      }
    },
  };
}

const trackingRef = (ref: string): string => ref.replace(/^refs\/heads\//, 'refs/remotes/origin/');

const packSize = async (gitDir: string, id: string): Promise<number> =>
  (await stat(join(gitDir, 'objects', 'pack', `pack-${id}.pack`))).size;

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

function takeApart(url: string): { bare: string; shown: string; user: string; password: string | undefined } {
  const parsed = new URL(url);
  const { username, password } = parsed;
  parsed.username = '';
  parsed.password = '';
  const bare = parsed.href;
  parsed.search = '';
  return {
    bare,
    shown: parsed.href,
    user: decodeURIComponent(username),
    password: password ? decodeURIComponent(password) : undefined,
  };
}

function statusOf(error: unknown): number | null {
  const data = (error as { data?: { statusCode?: number } }).data;
  return typeof data?.statusCode === 'number' ? data.statusCode : null;
}

/** The server answered and will answer the same again. */
function isRefusal(error: unknown): boolean {
  return error instanceof MetaRepoError || statusOf(error) !== null || error instanceof TypeError;
}

function asMetaRepoError(error: unknown, shown: string, secret: string | undefined): MetaRepoError {
  if (error instanceof MetaRepoError) return error;
  const status = statusOf(error);
  const why =
    status === 401 || status === 403 || status === 404
      ? `the server answers ${status}: it does not exist, or the token has no access to it`
      : status !== null
        ? `the server answers ${status}`
        : plainReason(error);
  const clean = secret ? why.replaceAll(secret, '***') : why;
  return new MetaRepoError('unreadable', `The repository ${shown} cannot be read: ${clean}.`, {
    cause: status ?? undefined,
  });
}

function plainReason(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? (message || 'unknown reason').split('\n')[0] ?? 'unknown reason';
}
