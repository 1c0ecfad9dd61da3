import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { giteaAnswers, gitlabAnswers, type Answers } from './fake-dialects.ts';
import type { MadeRepository, Organisation, Person } from './organisation.ts';

/** What goes wrong, every so many requests. */
export interface Faults {
  readonly badGateway?: number;
  /** The answer breaks off in the middle. */
  readonly abort?: number;
  /** "Secondary rate limit", with a wait of a second. */
  readonly tooFast?: number;
  /** The hour's quota is used up once, for a second. */
  readonly quotaAt?: number;
}

export interface FakeForge {
  readonly url: string;
  /** Pages that were answered whole. */
  readonly answered: () => number;
  /** Requests with what they were answered, in their order. */
  readonly asked: readonly string[];
  /** Their bodies, where they had one. */
  readonly bodies: readonly string[];
  onAnswer(listener: (count: number) => void): void;
  faults: Faults;
  close(): Promise<void>;
}

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
const user = (person: Person | null, deleted: 'null' | 'ghost'): object | null =>
  person === null
    ? deleted === 'null'
      ? null
      : { login: 'ghost', type: 'User' }
    : { login: person.login, type: person.type };
const actor = (person: Person | null): object | null =>
  person && { login: person.login.replace('[bot]', ''), __typename: person.type };

/**
 * Speaks GitHub's REST and GraphQL as far as a roll asks, or Gitea's or GitLab's REST, with real pages; asks for the token
 * `secret-token`.
 */
export async function fakeForge(
  organisation: Organisation,
  owner = 'acme',
  dialect: 'github' | 'gitea' | 'gitlab' = 'github',
): Promise<FakeForge> {
  const others: Answers | null =
    dialect === 'gitea'
      ? giteaAnswers(organisation, owner)
      : dialect === 'gitlab'
        ? gitlabAnswers(organisation, owner)
        : null;
  const scheme = dialect === 'gitlab' ? 'Bearer' : 'token';
  const byName = new Map(organisation.repositories.map((each) => [each.name, each]));
  const byChange = new Map(
    organisation.repositories.map(({ name, pulls }) => [
      name,
      [...pulls].sort((a, b) => b.updated - a.updated || b.number - a.number),
    ]),
  );
  let [count, whole] = [0, 0];
  let listener: ((count: number) => void) | null = null;
  const asked: string[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const fake: FakeForge = {
    url: '',
    answered: () => whole,
    asked,
    bodies,
    onAnswer: (next) => void (listener = next),
    faults: {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', fake.url);
    let body = '';
    for await (const piece of request) body += String(piece);
    count += 1;
    bodies.push(body);
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    const { badGateway, abort, tooFast, quotaAt } = fake.faults;
    const due = (every: number | undefined): boolean => every !== undefined && count % every === 0;
    // GitLab tells everybody what is public, but for the search for people.
    const isPublic =
      dialect === 'gitlab' && !request.headers.authorization && !url.pathname.startsWith('/users');
    if (!isPublic && request.headers.authorization !== `${scheme} secret-token`)
      return json(response, 401, { message: 'Bad credentials' });
    if (due(badGateway)) return void response.writeHead(502).end('<html>Bad gateway</html>');
    if (due(tooFast))
      return json(
        response,
        403,
        { message: 'You have exceeded a secondary rate limit' },
        { 'retry-after': '1' },
      );
    if (count === quotaAt) {
      const reset = String(Math.floor(Date.now() / 1000));
      if (dialect === 'gitlab')
        return json(response, 429, 'Retry later', { 'ratelimit-remaining': '0', 'ratelimit-reset': reset });
      return json(
        response,
        403,
        { message: 'API rate limit exceeded' },
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      );
    }
    const { status = 200, data, next } = others === null ? answerTo(url, body) : others(url, page);
    const headers = next === undefined ? {} : { link: `<${next}>; rel="next", <${next}>; rel="last"` };
    if (due(abort)) {
      const text = JSON.stringify(data);
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': text.length,
        ...headers,
      });
      response.write(text.slice(0, text.length / 2));
      return void setImmediate(() => response.destroy());
    }
    whole += 1;
    json(response, status, data, headers);
    listener?.(whole);
  }

  function answerTo(url: URL, body: string): { status?: number; data: unknown; next?: string } {
    return url.pathname === '/graphql' ? graphql(body) : rest(url);
  }

  function rest(url: URL): { status?: number; data: unknown; next?: string } {
    const [, kind, first = '', second = '', ...more] = url.pathname.split('/');
    const rest = more.join('/');
    if (kind === 'orgs' && second === 'repos')
      return page(
        url,
        organisation.repositories.map(({ name, fork }) => ({ full_name: `${owner}/${name}`, fork })),
      );
    if (kind === 'orgs' && second === 'members')
      return page(
        url,
        organisation.people.slice(0, 150).map((each) => user(each, 'null')),
      );
    const found = kind === 'repos' && first === owner ? byName.get(second) : undefined;
    if (!found) return { status: 404, data: { message: 'Not Found' } };
    const since = Date.parse(url.searchParams.get('since') ?? '1970-01-01T00:00:00Z');
    const until = Date.parse(url.searchParams.get('until') ?? '2999-01-01T00:00:00Z');
    const posts = (list: readonly { by: Person | null; at: number }[]): object[] =>
      list
        .filter(({ at }) => at >= since)
        .map(({ by, at }) => ({ user: user(by, 'ghost'), created_at: iso(at) }));
    switch (rest) {
      case 'commits': {
        const inside = found.commits.filter(({ at }) => at >= since && at <= until);
        return page(
          url,
          inside.toReversed().map(({ by, at, sha, merge }) => ({
            sha,
            author: user(by, 'null'),
            parents: merge ? [{}, {}] : [{}],
            commit: { author: { email: 'hidden@example.org' }, committer: { date: iso(at) } },
          })),
        );
      }
      case 'issues':
        return page(url, [
          ...posts(found.issues),
          ...posts(found.pulls).map((each) => ({ ...each, pull_request: {} })),
        ]);
      case 'issues/comments':
        return page(url, posts(found.comments));
      case 'pulls/comments':
        return page(url, posts(found.lineComments));
    }
    return { status: 404, data: { message: 'Not Found' } };
  }

  /** A page by number, with the address of the next. */
  function page(url: URL, all: readonly unknown[]): { data: unknown; next?: string } {
    const [size, at] = [
      Number(url.searchParams.get('per_page') ?? url.searchParams.get('limit') ?? 30),
      Number(url.searchParams.get('page') ?? 1),
    ];
    const data = all.slice((at - 1) * size, at * size);
    if (at * size >= all.length) return { data };
    const next = new URL(url);
    next.searchParams.set('page', String(at + 1));
    return { data, next: next.href };
  }

  function graphql(body: string): { data: unknown } {
    const { query, variables } = JSON.parse(body) as {
      query: string;
      variables: { name: string; after: string | null; first?: number; number?: number };
    };
    const found = byName.get(variables.name) as MadeRepository;
    const part = <T>(all: readonly T[], size: number): { nodes: readonly T[]; pageInfo: object } => {
      const from = Number(variables.after ?? 0);
      return {
        nodes: all.slice(from, from + size),
        pageInfo: { hasNextPage: from + size < all.length, endCursor: String(from + size) },
      };
    };
    const reviewsOf = (reviews: readonly { by: Person | null; at: number }[]): object[] =>
      reviews.map(({ by, at }) => ({ submittedAt: iso(at), author: actor(by) }));
    if (variables.number !== undefined) {
      const pull = found.pulls.find(({ number }) => number === variables.number);
      return {
        data: {
          data: { repository: { pullRequest: { reviews: part(reviewsOf(pull?.reviews ?? []), 100) } } },
        },
      };
    }
    const wanted = (byChange.get(found.name) ?? []).filter(
      ({ merged }) => !query.includes('states: MERGED') || merged !== null,
    );
    const { nodes, pageInfo } = part(wanted, variables.first ?? 10);
    const shown = nodes.map((pull) => ({
      number: pull.number,
      updatedAt: iso(pull.updated),
      mergedAt: pull.merged === null ? null : iso(pull.merged),
      author: actor(pull.by),
      ...(query.includes('reviews(')
        ? {
            reviews: {
              nodes: reviewsOf(pull.reviews.slice(0, 50)),
              pageInfo: { hasNextPage: pull.reviews.length > 50, endCursor: '50' },
            },
          }
        : {}),
    }));
    return { data: { data: { repository: { pullRequests: { nodes: shown, pageInfo } } } } };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function json(
  response: ServerResponse,
  status: number,
  data: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(data));
}
