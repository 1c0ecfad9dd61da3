import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import git from 'isomorphic-git';
import { httpClient } from './http-client.ts';
import { MetaRepoError } from './meta-repo-error.ts';

/** A repository followed over HTTP(S): our shallow, single-branch copy of it. */
export interface Remote {
  /** Fetches the branch's newest commit, however it got there, and returns it with our git directory. */
  fetch(known: string | null): Promise<{ commit: string; gitDir: string }>;
  /** The commit of the last fetch that succeeded, without asking anybody; null when there is none. */
  recall(): Promise<{ commit: string; gitDir: string } | null>;
  close(): void;
  /** The source as it may be shown: without user, password or token. */
  readonly shown: string;
}

export interface RemoteOptions {
  readonly url: string;
  readonly branch: string | undefined;
  readonly token: string | undefined;
  readonly cacheDir: string;
}

/**
 * After this many fetches the copy is made anew, so that old packs do not pile up: what a commit changed each,
 * some kilobytes, beside the first.
 */
const MOST_PACKS = 40;

export function openRemote({ url, branch, token, cacheDir }: RemoteOptions): Remote {
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
  const http = httpClient(abort.signal);
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

  const download = async (into: string, ref: string): Promise<string> => {
    await mkdir(into, { recursive: true });
    await git.init({ fs, gitdir: into, dir: into, bare: true, defaultBranch: 'main' });
    await git.addRemote({ fs, gitdir: into, remote: 'origin', url: bare, force: true });
    const result = await git.fetch({
      fs,
      http,
      gitdir: into,
      url: bare,
      headers: headers(),
      // Full names: a tag called like the branch must not be taken for it.
      ref: ref.replace(/^refs\/heads\//, 'refs/remotes/origin/'),
      remoteRef: ref,
      singleBranch: true,
      depth: 1,
      tags: false,
    });
    if (!result.fetchHead) throw new Error('the server named no commit');
    await writeFile(join(into, FETCHED), result.fetchHead);
    return result.fetchHead;
  };

  /** Fetches everything beside the copy there is, and puts it in its place once it is whole. */
  const downloadAnew = async (ref: string): Promise<string> => {
    const fresh = `${gitDir}.new`;
    const old = `${gitDir}.old`;
    await rm(fresh, { recursive: true, force: true });
    try {
      const commit = await download(fresh, ref);
      await rm(old, { recursive: true, force: true });
      await rename(gitDir, old).catch(ignoreMissing);
      await rename(fresh, gitDir);
      return commit;
    } finally {
      await Promise.all([fresh, old].map((path) => rm(path, { recursive: true, force: true })));
    }
  };

  /** A process that ended between the two steps of putting a new copy in place leaves the old one aside. */
  const putBack = async (): Promise<void> => {
    if ((await stat(gitDir).catch(() => null)) === null)
      await rename(`${gitDir}.old`, gitDir).catch(ignoreMissing);
  };

  return {
    shown,
    close: () => abort.abort(),
    async recall() {
      await putBack();
      const commit = await readFile(join(gitDir, FETCHED), 'utf8').catch(() => '');
      return /^[0-9a-f]{40}$/.test(commit) ? { commit, gitDir } : null;
    },
    async fetch(known) {
      try {
        const { commit, ref } = await newest();
        if (commit === known) return { commit, gitDir };
        await putBack();
        const packs = (await readdir(join(gitDir, 'objects', 'pack')).catch(() => [] as string[])).length / 2;
        if (packs === 0 || packs > MOST_PACKS) return { commit: await downloadAnew(ref), gitDir };
        try {
          return { commit: await download(gitDir, ref), gitDir };
        } catch (error) {
          // The copy may be half written by a process that was killed: once more from nothing.
          if (isRefusal(error)) throw error;
          return { commit: await downloadAnew(ref), gitDir };
        }
      } catch (error) {
        throw asMetaRepoError(error, shown, secret);
      }
    },
  };
}

/** The commit of the last fetch that succeeded, in the copy. */
const FETCHED = 'elekto-fetched';

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
