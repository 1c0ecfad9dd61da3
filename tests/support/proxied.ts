/** Two servers on one PostgreSQL behind deploy/proxy/nginx.conf, and voters who go through it. */
import { startFakeGitHub } from '@elekto/testing/fake-github';
import { createPostgres, type PostgresCluster } from '@elekto/testing/postgres';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sealRandom, type Voter } from '../../apps/server/tests/support/crowd.ts';
import { writeElection } from '../../apps/server/tests/support/meta.ts';
import { freePort, startProcess, type ServerProcess } from '../../apps/server/tests/support/process.ts';

import { ask, type Answer, cookiesOf, hangUp, startNginx, type Nginx } from './nginx.ts';

const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

export interface Proxied {
  /** Of the proxy, with TLS and without. */
  readonly url: string;
  readonly plainUrl: string;
  readonly postgres: PostgresCluster;
  readonly nginx: Nginx;
  readonly servers: ServerProcess[];
  /** Each server has its own caches; only the database and the keys are shared. */
  environment(i: number): NodeJS.ProcessEnv;
  /** Signs in through the proxy; each step may meet another server. The cookies of the session. */
  signIn(login: string): Promise<string>;
  /** What a page of the site sends with a change. */
  headersOf(cookie: string): Record<string, string>;
  /** Everybody of an election signed in, with a sealed ballot that is not sent yet. */
  prepare(key: string): Promise<Voter[]>;
  /** Sends a ballot; status 0 for no answer. */
  cast(voter: Voter): Promise<{ readonly status: number; readonly body: string }>;
  /** Reads pages without pause until it is stopped; what was not answered with 200. */
  keepReading(paths: readonly string[]): () => Promise<string[]>;
  /** Waits, 15 s at most by default, for something to be so. */
  until(condition: () => boolean | Promise<boolean>, patience?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts all of it in `dir`, with an election for each key of `voters`, open for an hour; `others` can sign in, too. */
export async function startProxied(
  dir: string,
  voters: Readonly<Record<string, readonly string[]>>,
  others: readonly string[],
): Promise<Proxied> {
  const times = {
    opens: stamp(Date.now() - HOUR),
    closes: stamp(Date.now() + HOUR),
    exceptionsDue: stamp(Date.now() + HOUR / 2),
  };
  for (const [key, logins] of Object.entries(voters))
    writeElection(join(dir, 'meta'), key, { name: key, voters: [...logins], ...times });
  const people = [...Object.values(voters).flat(), ...others];
  const gitHub = await startFakeGitHub({
    people: people.map((login, i) => ({ id: 500 + i, login, name: login, about: 'Votes.' })),
  });
  // As durable as in production: a server is not ready on one that is not.
  const postgres = await createPostgres({ durable: true });
  await postgres.createDatabase('elekto');
  const [tls, plain] = [await freePort(), await freePort()];
  const url = `https://localhost:${tls}`;
  const environment = (i: number): NodeJS.ProcessEnv => ({
    ELEKTO_URL: url,
    ELEKTO_META: join(dir, 'meta'),
    ELEKTO_DATA_DIR: join(dir, `data-${i}`),
    ELEKTO_SECRETS_DIR: join(dir, 'data-0-secrets'),
    ELEKTO_DATABASE_URL: postgres.url('elekto'),
    ELEKTO_DEMO_SIGN_IN: gitHub.url,
  });
  const servers: ServerProcess[] = [];
  for (let i = 0; i < 2; i += 1) servers.push(await startProcess(environment(i)));
  const [one, other] = servers.map(({ port }) => port);
  const nginx = startNginx(dir, { tls, plain, servers: [one ?? 0, other ?? 0] });

  async function until(condition: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
    for (const giveUp = Date.now() + patience; Date.now() < giveUp; await sleep(50))
      if (await condition()) return;
    throw new Error(`it did not happen within ${patience} ms; nginx says: ${nginx.log().slice(-2000)}`);
  }

  async function signIn(login: string): Promise<string> {
    const begun = await ask(`${url}/auth/sign-in?next=/`);
    const authorize = new URL(String(begun.headers['location']));
    const form = new URLSearchParams(authorize.searchParams);
    form.set('login', login);
    const chosen = await fetch(authorize.origin + authorize.pathname, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const back = chosen.headers.get('location') ?? '';
    if (!back.startsWith(`${url}/oauth/github/callback`)) throw new Error(`the sign-in leads to ${back}`);
    const done = await ask(back, { headers: { cookie: cookiesOf(begun) } });
    if (done.status !== 303)
      throw new Error(`the sign-in of ${login} ended with ${done.status} ${done.body}`);
    return cookiesOf(done);
  }

  const headersOf = (cookie: string): Record<string, string> => ({
    cookie,
    origin: url,
    'x-elekto': '1',
    'content-type': 'application/json',
  });

  const told = (asked: Promise<Answer>): Promise<{ status: number; body: string }> =>
    asked.catch((error: Error) => ({ status: 0, body: error.message }));

  await until(async () => (await told(ask(`${url}/readyz`))).status === 200);
  return {
    url,
    plainUrl: `http://127.0.0.1:${plain}`,
    postgres,
    nginx,
    servers,
    environment,
    signIn,
    headersOf,
    until,
    async prepare(key) {
      const ready: Voter[] = [];
      for (const login of voters[key] ?? []) {
        const cookie = await signIn(login);
        const input = encodeURIComponent(JSON.stringify({ key }));
        const answer = await ask(`${url}/trpc/ballot.paper?input=${input}`, { headers: { cookie } });
        ready.push({ login, headers: headersOf(cookie), ...(await sealRandom(answer.body)) });
      }
      return ready;
    },
    cast: ({ headers, cast: body }) =>
      told(ask(`${url}/trpc/ballot.cast`, { method: 'POST', headers: { ...headers }, body })),
    keepReading(paths) {
      const failed: string[] = [];
      let going = true;
      const readers = paths.map(async (path) => {
        while (going) {
          const { status, body } = await told(ask(url + path));
          if (status !== 200) failed.push(`${path} ${status} ${body}`);
          await sleep(5);
        }
      });
      return async () => {
        going = false;
        await Promise.all(readers);
        return failed;
      };
    },
    async stop() {
      hangUp();
      nginx.stop();
      for (const server of servers) await server.stop('SIGKILL');
      await gitHub.close();
      await postgres.remove();
    },
  };
}
