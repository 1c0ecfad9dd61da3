import type { Kind, Window } from '@elekto/roll';
import { all, textOf } from '../answers.ts';
import type { ForgeClient } from '../client.ts';
import type { Account, Forge, Found } from '../forge.ts';
import { RollSourceError } from '../problem.ts';

interface User {
  readonly username: string;
  readonly state?: string;
}
interface Commit {
  readonly parent_ids?: readonly string[];
  readonly author_email?: string;
  readonly committed_date?: string;
}
interface Event {
  readonly author: User | null;
  readonly created_at: string;
  readonly target_iid?: number | null;
  readonly note?: { readonly noteable_type?: string; readonly system?: boolean };
}

const DAY = 86_400_000;
/** Whom a search for an address may find before it says nothing. */
const MOST_NAMESAKES = 5;
/** Accounts that GitLab makes for the tokens of projects and groups. */
const TOKEN_ACCOUNT = /^(?:project|group)_\d+_bot(?:_|\d|$)/;

/** GitLab shows what deleted accounts wrote as that of `ghost`. */
const account = (user: User | null): Account | null =>
  user === null || user.username === '' || user.username === 'ghost'
    ? null
    : { login: user.username, bot: TOKEN_ACCOUNT.test(user.username) };
const at = (date: string): number => Date.parse(date);
const iso = (moment: number): string => new Date(moment).toISOString();
const day = (moment: number): string => iso(moment).slice(0, 10);

/**
 * GitLab's interface (REST v4). A project is `group/project` or lies deeper. Merge requests are pull requests; reviews are
 * approvals and comments are notes of people, both from the project's events, which GitLab keeps for three years. Its lists
 * of commits name no accounts: an address is somebody's who shows it in public.
 */
export class GitlabForge implements Forge {
  readonly #client: ForgeClient;

  constructor(client: ForgeClient) {
    this.#client = client;
  }

  async repositories(owner: string): Promise<readonly string[]> {
    const path = `/groups/${encodeURIComponent(owner)}/projects?include_subgroups=true&visibility=public&order_by=id&sort=asc&per_page=100`;
    const found = this.#client.list(
      path,
      'gitlab-repositories-1',
      (each: { path_with_namespace: string; forked_from_project?: unknown }) =>
        each.forked_from_project === undefined ? each.path_with_namespace : null,
    );
    return (await all(found)).sort();
  }

  async *contributions(repository: string, kinds: readonly Kind[], window: Window): AsyncGenerator<Found> {
    const base = `/projects/${encodeURIComponent(repository)}`;
    const [from, until] = [iso(window.from), iso(window.until)];
    if (kinds.includes('commits'))
      yield* this.#client.list(
        `${base}/repository/commits?since=${from}&until=${until}&per_page=100`,
        'gitlab-commits-1',
        commit,
      );
    if (kinds.includes('issues'))
      yield* this.#client.list(
        `${base}/issues?scope=all&created_after=${from}&created_before=${until}&order_by=created_at&sort=asc&per_page=100`,
        'gitlab-issues-1',
        (item: { author: User | null; created_at: string }): Found => ({
          kind: 'issues',
          account: account(item.author),
          address: null,
          at: at(item.created_at),
        }),
      );
    if (kinds.includes('comments'))
      yield* this.#events(base, 'commented', window, ({ author, created_at, note }) =>
        note?.system !== true && ['Issue', 'MergeRequest'].includes(note?.noteable_type ?? '')
          ? { kind: 'comments', account: account(author), address: null, at: at(created_at) }
          : null,
      );
    if (kinds.includes('pull_requests') || kinds.includes('reviews'))
      yield* this.#mergeRequests(base, kinds, window);
  }

  async members(organization: string): Promise<readonly Account[]> {
    return all(
      this.#client.list(
        `/groups/${encodeURIComponent(organization)}/members/all?per_page=100`,
        'gitlab-members-1',
        (user: User) => (user.state === undefined || user.state === 'active' ? account(user) : null),
      ),
    );
  }

  /** A team of GitLab is a group within the group. */
  team(organization: string, team: string): Promise<readonly Account[]> {
    return this.members(`${organization}/${team}`);
  }

  async paths(repository: string): Promise<readonly string[]> {
    return all(
      this.#client.list(
        `/projects/${encodeURIComponent(repository)}/repository/tree?recursive=true&pagination=keyset&per_page=100`,
        'gitlab-paths-1',
        ({ type, path }: { type: string; path: string }) => (type === 'blob' ? path : null),
      ),
    );
  }

  async file(repository: string, path: string): Promise<string> {
    const address = `/projects/${encodeURIComponent(repository)}/repository/files/${encodeURIComponent(path)}/raw?ref=HEAD`;
    const text = await this.#client.one(address, 'gitlab-file-1', textOf);
    if (text === null) throw new RollSourceError(`${path} of ${repository} is no file.`);
    return text;
  }

  async authorOf(repository: string, sha: string): Promise<Account | null> {
    const address = await this.#client.one(
      `/projects/${encodeURIComponent(repository)}/repository/commits/${sha}`,
      'gitlab-author-1',
      ({ author_email }: Commit) => author_email ?? null,
    );
    return address === null ? null : this.accountAt(address);
  }

  /** A search also finds whoever has the address for a name; only the address that an account shows itself counts. */
  async accountAt(address: string): Promise<Account | null> {
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return null;
    const found = await this.#client.one(
      `/users?search=${encodeURIComponent(address)}&per_page=${MOST_NAMESAKES}`,
      'gitlab-address-1',
      (users: readonly { id: number }[]) => users.map(({ id }) => id),
      {
        onlyWithToken: (how) =>
          new RollSourceError(`GitLab says whose the address of a commit is only with a token: ${how}.`),
      },
    );
    for (const id of found ?? []) {
      const own = await this.#client.one(
        `/users/${id}`,
        'gitlab-user-1',
        ({ username, public_email }: User & { public_email?: string | null }) => ({ username, public_email }),
      );
      if (own?.public_email?.toLowerCase() === address.toLowerCase()) return account(own);
    }
    return null;
  }

  async *#mergeRequests(base: string, kinds: readonly Kind[], window: Window): AsyncGenerator<Found> {
    const withReviews = kinds.includes('reviews');
    const authors = new Map<number, string | null>();
    const merges = this.#client.list(
      `${base}/merge_requests?scope=all&state=${withReviews ? 'all' : 'merged'}&updated_after=${iso(window.from)}&order_by=created_at&sort=asc&per_page=100`,
      'gitlab-merge-requests-1',
      (item: { iid: number; author: User | null; merged_at?: string | null }) => ({
        iid: item.iid,
        author: account(item.author),
        merged: item.merged_at ? at(item.merged_at) : null,
      }),
    );
    for await (const { iid, author, merged } of merges) {
      if (withReviews) authors.set(iid, author?.login ?? null);
      if (merged !== null && kinds.includes('pull_requests'))
        yield { kind: 'pull_requests', account: author, address: null, at: merged };
    }
    if (!withReviews) return;
    const approvals = this.#events(base, 'approved', window, ({ author, created_at, target_iid }) => ({
      iid: target_iid ?? 0,
      by: account(author),
      at: at(created_at),
    }));
    for await (const { iid, by, at: given } of approvals)
      if (by !== null && by.login !== authors.get(iid))
        yield { kind: 'reviews', account: by, address: null, at: given };
  }

  /** Events are asked for by days, of which both ends are left out. */
  #events<T>(
    base: string,
    action: string,
    window: Window,
    pick: (event: Event) => T | null,
  ): AsyncGenerator<T> {
    const days = `after=${day(window.from - DAY)}&before=${day(window.until + DAY)}`;
    return this.#client.list(
      `${base}/events?action=${action}&${days}&sort=asc&per_page=100`,
      `gitlab-${action}-1`,
      pick,
    );
  }
}

/** Merges are left out, as `git shortlog --no-merges` does. */
function commit({ parent_ids, author_email, committed_date }: Commit): Found | null {
  if ((parent_ids?.length ?? 0) > 1 || !committed_date) return null;
  return { kind: 'commits', account: null, address: author_email ?? null, at: at(committed_date) };
}
