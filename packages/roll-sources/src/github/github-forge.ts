import type { Kind, Window } from '@elekto/roll';
import type { Account, Forge, Found } from '../forge.ts';
import { RollSourceError } from '../problem.ts';
import { all, textOf } from '../answers.ts';
import type { ForgeClient } from '../client.ts';
import { pullRequests } from './pull-requests.ts';

interface User {
  readonly login: string;
  readonly type?: string;
}
interface Commit {
  readonly author: User | null;
  readonly parents?: readonly unknown[];
  readonly commit: { readonly author?: { email?: string }; readonly committer?: { date?: string } };
}
interface Post {
  readonly user: User | null;
  readonly created_at: string;
  readonly pull_request?: unknown;
}
/** A contribution as it is kept on disk. */
type Kept = Omit<Found, 'kind'>;

/** GitHub's interface (REST 2022-11-28, and GraphQL for pull requests). */
export class GithubForge implements Forge {
  readonly #client: ForgeClient;

  constructor(client: ForgeClient) {
    this.#client = client;
  }

  async repositories(owner: string): Promise<readonly string[]> {
    const path = `/orgs/${encodeURIComponent(owner)}/repos?type=public&sort=full_name&per_page=100`;
    const found = this.#client.list(path, 'repositories-1', (each: { full_name: string; fork?: boolean }) =>
      each.fork === true ? null : each.full_name,
    );
    return (await all(found)).sort();
  }

  async *contributions(repository: string, kinds: readonly Kind[], window: Window): AsyncGenerator<Found> {
    const base = `/repos/${repository}`;
    const since = new Date(window.from).toISOString().replace('.000', '');
    const until = new Date(window.until).toISOString().replace('.000', '');
    const posts = `since=${since}&sort=created&direction=asc&per_page=100`;
    const kept = async function* (kind: Kind, items: AsyncGenerator<Kept>): AsyncGenerator<Found> {
      for await (const item of items) yield { kind, ...item };
    };
    const list = (path: string, what: string, pick: (item: never) => Kept | null): AsyncGenerator<Kept> =>
      this.#client.list(`${base}${path}`, what, pick);
    if (kinds.includes('commits'))
      yield* kept(
        'commits',
        list(`/commits?since=${since}&until=${until}&per_page=100`, 'commits-1', commit),
      );
    if (kinds.includes('issues'))
      yield* kept('issues', list(`/issues?state=all&${posts}`, 'issues-1', issue));
    if (kinds.includes('comments')) {
      yield* kept('comments', list(`/issues/comments?${posts}`, 'comments-1', post));
      yield* kept('comments', list(`/pulls/comments?${posts}`, 'comments-1', post));
    }
    if (kinds.includes('pull_requests') || kinds.includes('reviews'))
      for await (const found of pullRequests(this.#client, repository, kinds.includes('reviews'), window))
        if (kinds.includes(found.kind)) yield found;
  }

  members(organization: string): Promise<readonly Account[]> {
    return all(
      this.#client.list(
        `/orgs/${encodeURIComponent(organization)}/members?per_page=100`,
        'members-1',
        account,
      ),
    );
  }

  team(organization: string, team: string): Promise<readonly Account[]> {
    const path = `/orgs/${encodeURIComponent(organization)}/teams/${encodeURIComponent(team)}/members?per_page=100`;
    return all(this.#client.list(path, 'members-1', account));
  }

  async paths(repository: string): Promise<readonly string[]> {
    interface Tree {
      readonly truncated?: boolean;
      readonly tree: readonly { readonly path: string; readonly type: string }[];
    }
    const path = `/repos/${repository}/git/trees/HEAD?recursive=1`;
    const paths = await this.#client.one(path, 'paths-1', (data: Tree) => {
      if (data.truncated === true)
        throw new RollSourceError(
          `${repository} has too many files to be listed by its server: clone it, and name the folder with --clones.`,
        );
      return data.tree.filter(({ type }) => type === 'blob').map((each) => each.path);
    });
    return paths ?? [];
  }

  async file(repository: string, path: string): Promise<string> {
    const address = `/repos/${repository}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
    const text = await this.#client.one(address, 'file-1', textOf, {
      accept: 'application/vnd.github.raw+json',
    });
    if (text === null) throw new RollSourceError(`${path} of ${repository} is no file.`);
    return text;
  }

  authorOf(repository: string, sha: string): Promise<Account | null> {
    return this.#client.one(`/repos/${repository}/commits/${sha}`, 'author-1', (data: Commit) =>
      data.author ? account(data.author) : null,
    );
  }
}

/** Merges are left out, as `git shortlog --no-merges` does. */
function commit({ author, parents, commit: { author: by, committer } }: Commit): Kept | null {
  if ((parents?.length ?? 0) > 1 || !committer?.date) return null;
  const known = author?.login === undefined ? null : account(author);
  return { account: known, address: known ? null : (by?.email ?? null), at: Date.parse(committer.date) };
}

function issue(item: Post): Kept | null {
  return item.pull_request === undefined ? post(item) : null;
}

function post({ user, created_at }: Post): Kept | null {
  return { account: user ? account(user) : null, address: null, at: Date.parse(created_at) };
}

/** GitHub shows what deleted accounts wrote as that of `ghost`. */
function account({ login, type }: User): Account | null {
  if (login === 'ghost') return null;
  return { login, bot: type === 'Bot' };
}
