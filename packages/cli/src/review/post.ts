import { CliError } from '../cli-error.ts';
import { MARK } from './comment.ts';

export interface PostOptions {
  /** `https://api.github.com`, or the address that the environment names. */
  readonly api: string;
  readonly token: string;
  /** `owner/name` of the repository that takes the change. */
  readonly repository: string;
  /** The newest commit of the change, 40 hex digits. */
  readonly head: string;
}

/** Which open pull requests end at this commit. Asked of the host: whoever proposes a change cannot name another one. */
async function pullsAt(options: PostOptions): Promise<readonly number[]> {
  const open = await pages<{ number: number; head: { sha: string } }>(
    options,
    '/pulls?state=open&sort=updated&direction=desc',
  );
  return open.filter(({ head }) => head.sha === options.head).map(({ number }) => number);
}

/** Writes the comment to each pull request that ends at the commit, or changes the one that is there; how many. */
export async function post(text: string, options: PostOptions): Promise<number> {
  const numbers = await pullsAt(options);
  for (const number of numbers) {
    const own = (
      await pages<{ id: number; body?: string; user?: { type?: string } }>(
        options,
        `/issues/${number}/comments?sort=created`,
      )
    ).find(
      // Anybody may write the mark; only a bot's comment can be ours.
      ({ body, user }) => body?.startsWith(MARK) === true && user?.type === 'Bot',
    );
    if (own?.body?.trim() === text.trim()) continue;
    await ask(
      options,
      own ? 'PATCH' : 'POST',
      own ? `/issues/comments/${own.id}` : `/issues/${number}/comments`,
      { body: text },
    );
  }
  return numbers.length;
}

const PAGE = 100;
const MOST_PAGES = 20;

async function pages<T>(options: PostOptions, path: string): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = (await ask(options, 'GET', `${path}&per_page=${PAGE}&page=${page}`)) as readonly T[];
    all.push(...found);
    if (found.length < PAGE) break;
  }
  return all;
}

const TRIES = 4;

/** One call, again after a while where the host is busy. Rejects with a message that holds no token. */
async function ask(
  { api, token, repository }: PostOptions,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${api}/repos/${repository}${path}`, {
      method,
      redirect: 'error',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'elekto',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => null);
    if (answer?.ok === true) return answer.json();
    const busy = answer === null || answer.status >= 500 || answer.status === 429;
    if (!busy || attempt === TRIES)
      throw new CliError(
        `${new URL(api).host} does not take the comment (${method} ${path.split('?')[0] ?? ''}: ${answer === null ? 'no answer' : answer.status}). The token needs "pull-requests: write".`,
      );
    const wait = Number(answer?.headers.get('retry-after') ?? 0) || 2 ** attempt / 4;
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 60) * 1000));
  }
}
