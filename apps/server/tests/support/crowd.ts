/** Many voters over plain HTTP with connections kept open: cheap enough to load a server from the same machine. */
import { sealBallot } from '@elekto/protocol/voter';
import type { BallotPaper } from '@elekto/protocol/ballot';
import { Agent, request as httpRequest } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });

/** One request; rejects when the connection breaks or `timeout` ms pass. */
export function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; timeout?: number } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, timeout = 60_000 } = options;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpRequest(
      url,
      { method, headers: { ...headers, ...length }, agent, timeout },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that the other side has given up meanwhile; browsers try again, too.
      if (request.reusedSocket && error.code === 'ECONNRESET') ask(url, options).then(resolve, reject);
      else reject(error);
    });
    request.end(body);
  });
}

/** Closes the connections that are kept open. */
export const hangUp = (): void => agent.destroy();

/** Somebody who is signed in, with a ballot that is sealed and not yet sent. */
export interface Voter {
  readonly login: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ranking: Readonly<Record<string, number>>;
  /** The body of `ballot.cast`. */
  readonly cast: string;
}

/** An address of one's own for each voter, as behind a proxy; the server believes its loopback proxy. */
const addressOf = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

const cookieOf = (answer: Answer): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');

/** Signs in through the stand-in for GitHub, as a browser does. */
export async function signIn(origin: string, login: string, i: number): Promise<Record<string, string>> {
  const forwarded = { 'x-forwarded-for': addressOf(i) };
  const begun = await ask(`${origin}/auth/sign-in?next=/`, { headers: forwarded });
  const authorize = new URL(String(begun.headers['location']));
  const form = new URLSearchParams(authorize.searchParams);
  form.set('login', login);
  const chosen = await ask(authorize.origin + authorize.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const back = new URL(String(chosen.headers['location']));
  const done = await ask(origin + back.pathname + back.search, {
    headers: { ...forwarded, cookie: cookieOf(begun) },
  });
  if (done.status !== 303) throw new Error(`the sign-in of ${login} ended with ${done.status}`);
  return { ...forwarded, cookie: cookieOf(done) };
}

/** Seals a random ranking as the ballot page does without a passphrase; the JSON that `ballot.cast` takes. */
export async function sealRandom(answer: string): Promise<{ cast: string; ranking: Record<string, number> }> {
  const parsed = JSON.parse(answer) as { result?: { data: BallotPaper } };
  if (parsed.result === undefined) throw new Error(`no paper: ${answer}`);
  const paper = parsed.result.data;
  const ranking = Object.fromEntries(
    paper.manifest.candidates.map((id) => [
      id,
      1 + Math.floor(Math.random() * Math.min(4, paper.manifest.candidates.length)),
    ]),
  );
  // Without a passphrase nothing is stretched, so whatever parameters the server names will do.
  const { cast } = await sealBallot({ paper, ranking, passphrase: null, kdfs: [paper.kdf] });
  return { cast: JSON.stringify({ key: paper.manifest.key, cast }), ranking };
}

/** Signs in, asks for the paper and seals. */
export async function prepare(origin: string, key: string, login: string, i: number): Promise<Voter> {
  const session = await signIn(origin, login, i);
  const input = encodeURIComponent(JSON.stringify({ key }));
  const answer = await ask(`${origin}/trpc/ballot.paper?input=${input}`, { headers: session });
  const headers = { ...session, 'content-type': 'application/json', 'x-elekto': '1' };
  return { login, headers, ...(await sealRandom(answer.body)) };
}

export type CastOutcome = 'recorded' | 'refused' | 'failed';

/** Sends a voter's ballot; `failed` is no answer, or an answer without a verdict. */
export async function sendCast(
  origin: string,
  voter: Voter,
  timeout = 60_000,
): Promise<{ outcome: CastOutcome; detail: string }> {
  try {
    const { status, body } = await ask(`${origin}/trpc/ballot.cast`, {
      method: 'POST',
      headers: { ...voter.headers, origin },
      body: voter.cast,
      timeout,
    });
    if (status === 200) return { outcome: 'recorded', detail: body };
    return {
      outcome: status < 500 && status !== 429 ? 'refused' : 'failed',
      detail: `${status} ${body.slice(0, 300)}`,
    };
  } catch (error) {
    return { outcome: 'failed', detail: (error as Error).message };
  }
}
