import type { Kind, Window } from '@elekto/roll';
import { all } from '../answers.ts';
import type { ForgeClient } from '../client.ts';
import type { Account, Forge, Found } from '../forge.ts';
import { RollSourceError } from '../problem.ts';

interface User {
  readonly login: string;
}
interface Pull {
  readonly number: number;
  readonly user: User | null;
  readonly merged_at?: string | null;
}
interface Review {
  readonly user: User | null;
  readonly submitted_at?: string;
  readonly state?: string;
}
interface Commit {
  readonly author: User | null;
  readonly parents?: readonly unknown[];
  readonly commit: { readonly author?: { email?: string }; readonly committer?: { date?: string } };
}

const account = (user: User | null): Account | null =>
  user === null || user.login === '' || user.login === 'Ghost' ? null : { login: user.login, bot: false };
const at = (date: string): number => Date.parse(date);

/**
 * Gitea's and Forgejo's interface (API v1), which follows GitHub's: the same client asks it. A server may hand out shorter
 * pages than are asked for; its Link header says where they go on.
 */
export class GiteaForge implements Forge {
  readonly #client: ForgeClient;

  constructor(client: ForgeClient) {
    this.#client = client;
  }

  async repositories(owner: string): Promise<readonly string[]> {
    const found = this.#client.list(
      `/orgs/${encodeURIComponent(owner)}/repos?limit=50`,
      'gitea-repositories-1',
      (each: { full_name: string; fork?: boolean }) => (each.fork === true ? null : each.full_name),
    );
    return (await all(found)).sort();
  }

  async *contributions(repository: string, kinds: readonly Kind[], window: Window): AsyncGenerator<Found> {
    const base = `/repos/${repository}`;
    const since = new Date(window.from).toISOString().replace('.000', '');
    const posted =
      (kind: Kind) =>
      (item: { user: User | null; created_at: string }): Found => ({
        kind,
        account: account(item.user),
        address: null,
        at: at(item.created_at),
      });
    if (kinds.includes('commits'))
      yield* this.#client.list(
        `${base}/commits?stat=false&verification=false&files=false&limit=50`,
        'gitea-commits-1',
        commit,
      );
    if (kinds.includes('issues'))
      yield* this.#client.list(
        `${base}/issues?state=all&type=issues&since=${since}&limit=50`,
        'gitea-issues-1',
        posted('issues'),
      );
    if (kinds.includes('comments'))
      yield* this.#client.list(
        `${base}/issues/comments?since=${since}&limit=50`,
        'gitea-comments-1',
        posted('comments'),
      );
    if (kinds.includes('pull_requests') || kinds.includes('reviews')) yield* this.#pulls(base, kinds);
  }

  async members(organization: string): Promise<readonly Account[]> {
    return all(
      this.#client.list(
        `/orgs/${encodeURIComponent(organization)}/members?limit=50`,
        'gitea-members-1',
        account,
      ),
    );
  }

  async team(organization: string, team: string): Promise<readonly Account[]> {
    const teams = this.#client.list(
      `/orgs/${encodeURIComponent(organization)}/teams?limit=50`,
      'gitea-teams-1',
      ({ id, name }: { id: number; name: string }) => ({ id, name }),
    );
    const found = (await all(teams)).find(({ name }) => name.toLowerCase() === team.toLowerCase());
    if (!found)
      throw new RollSourceError(`${organization} has no team "${team}", or this token may not see it.`);
    return all(this.#client.list(`/teams/${found.id}/members?limit=50`, 'gitea-members-1', account));
  }

  async paths(repository: string): Promise<readonly string[]> {
    const head = await this.#head(repository);
    const paths: string[] = [];
    for (let page = 1, more = true; more; page += 1) {
      const answer = await this.#client.one(
        `/repos/${repository}/git/trees/${head}?recursive=true&per_page=1000&page=${page}`,
        'gitea-paths-1',
        (data: { truncated?: boolean; tree: readonly { path: string; type: string }[] }) => ({
          more: data.truncated === true && data.tree.length > 0,
          paths: data.tree.filter(({ type }) => type === 'blob').map((each) => each.path),
        }),
      );
      paths.push(...(answer?.paths ?? []));
      more = answer?.more ?? false;
    }
    return paths;
  }

  async file(repository: string, path: string): Promise<string> {
    const text = await this.#client.one(
      `/repos/${repository}/contents/${path.split('/').map(encodeURIComponent).join('/')}`,
      'gitea-file-1',
      (data: { content?: string | null }) =>
        typeof data.content === 'string' ? Buffer.from(data.content, 'base64').toString('utf8') : null,
    );
    if (text === null) throw new RollSourceError(`${path} of ${repository} is no file.`);
    return text;
  }

  authorOf(repository: string, sha: string): Promise<Account | null> {
    return this.#client.one(
      `/repos/${repository}/git/commits/${sha}`,
      'gitea-author-1',
      ({ author }: Commit) => account(author),
    );
  }

  async #head(repository: string): Promise<string> {
    const name = await this.#client.one(
      `/repos/${repository}`,
      'gitea-head-1',
      (data: { default_branch?: string }) => (data.default_branch ? data.default_branch : null),
    );
    return encodeURIComponent(name ?? 'HEAD');
  }

  async *#pulls(base: string, kinds: readonly Kind[]): AsyncGenerator<Found> {
    const pulls = this.#client.list(
      `${base}/pulls?state=all&sort=oldest&limit=50`,
      'gitea-pulls-1',
      (pull: Pull) => ({
        number: pull.number,
        author: account(pull.user),
        merged: pull.merged_at ? at(pull.merged_at) : null,
      }),
    );
    for await (const { number, author, merged } of pulls) {
      if (merged !== null && kinds.includes('pull_requests'))
        yield { kind: 'pull_requests', account: author, address: null, at: merged };
      if (!kinds.includes('reviews')) continue;
      yield* this.#client.list(
        `${base}/pulls/${number}/reviews?limit=50`,
        'gitea-reviews-1',
        (review: Review): Found | null => {
          const by = account(review.user);
          // REQUEST_REVIEW and PENDING are nobody's review yet.
          const given =
            review.state === undefined || ['APPROVED', 'REQUEST_CHANGES', 'COMMENT'].includes(review.state);
          if (by === null || by.login === author?.login || !review.submitted_at || !given) return null;
          return { kind: 'reviews', account: by, address: null, at: at(review.submitted_at) };
        },
      );
    }
  }
}

/** Merges are left out, as `git shortlog --no-merges` does. */
function commit({ author, parents, commit: { author: by, committer } }: Commit): Found | null {
  if ((parents?.length ?? 0) > 1 || !committer?.date) return null;
  const known = account(author);
  return {
    kind: 'commits',
    account: known,
    address: known ? null : (by?.email ?? null),
    at: at(committer.date),
  };
}
