import type { Window } from '@elekto/roll';
import type { Page } from '../cache/page-cache.ts';
import type { Account, Found } from '../forge.ts';
import { RollSourceError } from '../problem.ts';
import type { ForgeClient } from '../client.ts';

interface Actor {
  readonly login: string;
  readonly __typename: string;
}
interface Review {
  readonly submittedAt: string | null;
  readonly author: Actor | null;
}
interface Connection<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[];
}
interface Pull {
  readonly number: number;
  readonly updatedAt: string;
  readonly mergedAt: string | null;
  readonly author: Actor | null;
  readonly reviews?: Connection<Review>;
}
/** What is kept of a pull request: `[account, milliseconds]` of each review. */
interface Kept {
  readonly number: number;
  readonly updated: number;
  readonly merged: number | null;
  readonly author: Account | null;
  readonly reviews: readonly (readonly [Account, number])[];
  readonly moreReviews: string | null;
}

const REVIEWS = `pageInfo { hasNextPage endCursor } nodes { submittedAt author { login __typename } }`;
const pulls = (
  withReviews: boolean,
): string => `query($owner: String!, $name: String!, $after: String, $first: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }${withReviews ? '' : ', states: MERGED'}) {
      pageInfo { hasNextPage endCursor }
      nodes { number updatedAt mergedAt author { login __typename } ${withReviews ? `reviews(first: 50) { ${REVIEWS} }` : ''} }
    }
  }
}`;
const MORE_REVIEWS = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { reviews(first: 100, after: $after) { ${REVIEWS} } }
  }
}`;
/** How far two clocks may be apart. */
const CLOCKS_MS = 10 * 60_000;

/**
 * Merged pull requests, and reviews by others than the author, from the pull request that changed last backwards to the
 * window. What changes while it is read moves to the front, out of the pages to come; so the front is read once more at the
 * end, back to the moment at which reading began.
 */
export async function* pullRequests(
  client: ForgeClient,
  repository: string,
  withReviews: boolean,
  window: Window,
): AsyncGenerator<Found> {
  const seen = new Set<number>();
  const walk = new Walk(client, repository, withReviews);
  for await (const pull of walk.back('first', window.from)) {
    if (seen.has(pull.number)) continue;
    seen.add(pull.number);
    yield* walk.foundIn(pull);
  }
  for await (const pull of walk.back('again', Math.max(window.from, walk.began - CLOCKS_MS))) {
    if (seen.has(pull.number)) continue;
    seen.add(pull.number);
    yield* walk.foundIn(pull);
  }
}

class Walk {
  began = 0;
  readonly #client: ForgeClient;
  readonly #place: { readonly owner: string; readonly name: string };
  readonly #withReviews: boolean;

  constructor(client: ForgeClient, repository: string, withReviews: boolean) {
    const [owner = '', name = ''] = repository.split('/');
    this.#client = client;
    this.#place = { owner, name };
    this.#withReviews = withReviews;
  }

  async *back(round: 'first' | 'again', until: number): AsyncGenerator<Kept> {
    const what = `pull-requests-1 ${round}${this.#withReviews ? ' reviews' : ''}`;
    const first = this.#withReviews ? 50 : 100;
    for (let after: string | null = null, start = true; start || after !== null; start = false) {
      const page: Page<Kept> = await this.#client.query<Kept>(
        pulls(this.#withReviews),
        { ...this.#place, after, first },
        what,
        keep,
      );
      if (start && round === 'first') this.began = Date.parse(page.at);
      for (const pull of page.items) {
        if (pull.updated < until) return;
        yield pull;
      }
      after = page.next;
    }
  }

  async *foundIn(pull: Kept): AsyncGenerator<Found> {
    if (pull.merged !== null)
      yield { kind: 'pull_requests', account: pull.author, address: null, at: pull.merged };
    const reviews = [...pull.reviews];
    for (let after = pull.moreReviews; after !== null;) {
      const variables = { ...this.#place, number: pull.number, after };
      const page = await this.#client.query(MORE_REVIEWS, variables, 'reviews-1', keepReviews);
      reviews.push(...page.items);
      after = page.next;
    }
    for (const [account, at] of reviews)
      // What an author answers below the own pull request is a review to GitHub.
      if (account.login !== pull.author?.login) yield { kind: 'reviews', account, address: null, at };
  }
}

function keep(data: { repository: { pullRequests: Connection<Pull> } | null }): {
  items: Kept[];
  next: string | null;
} {
  const found = data.repository?.pullRequests;
  if (!found) throw new RollSourceError('The answer about pull requests names no repository.');
  const items = found.nodes
    .filter((pull) => pull !== null)
    .map((pull) => {
      const reviews = pull.reviews ? reviewsOf(pull.reviews) : { items: [], next: null };
      return {
        number: pull.number,
        updated: Date.parse(pull.updatedAt),
        merged: pull.mergedAt === null ? null : Date.parse(pull.mergedAt),
        author: accountOfActor(pull.author),
        reviews: reviews.items,
        moreReviews: reviews.next,
      };
    });
  return { items, next: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null };
}

type ReviewsAnswer = { repository: { pullRequest: { reviews: Connection<Review> } | null } | null };
function keepReviews(data: ReviewsAnswer): ReturnType<typeof reviewsOf> {
  const found = data.repository?.pullRequest?.reviews;
  if (!found) throw new RollSourceError('The answer about reviews names no pull request.');
  return reviewsOf(found);
}

function reviewsOf({ nodes, pageInfo }: Connection<Review>): {
  items: (readonly [Account, number])[];
  next: string | null;
} {
  const items = nodes.flatMap((review): (readonly [Account, number])[] => {
    const account = accountOfActor(review?.author ?? null);
    return account && review?.submittedAt ? [[account, Date.parse(review.submittedAt)]] : [];
  });
  return { items, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** GraphQL leaves out the `[bot]` that REST writes behind an app's name. A deleted account is null, an imported one no account. */
function accountOfActor(actor: Actor | null): Account | null {
  if (actor === null || actor.__typename === 'Mannequin') return null;
  const bot = actor.__typename === 'Bot';
  return { login: bot && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login, bot };
}
