/** deploy/proxy/nginx.conf for real: TLS, two servers on one PostgreSQL, and one of them going away. */
import { startFakeGitHub, type FakeGitHub } from '@elekto/testing/fake-github';
import { createPostgres, type PostgresCluster } from '@elekto/testing/postgres';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sealRandom } from '../apps/server/tests/support/crowd.ts';
import { electionFiles } from '../apps/server/tests/support/meta.ts';
import { freePort, startProcess, type ServerProcess } from '../apps/server/tests/support/process.ts';

const VOTERS = Array.from({ length: 60 }, (_, i) => `voter-${i}`);
const dir = mkdtempSync(join(tmpdir(), 'elekto-nginx-'));
const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Finds nginx and openssl, installing them where this is Debian and we may; without them the test fails. */
function findTools(): string {
  const find = (name: string): string | undefined =>
    ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
      .map((bin) => join(bin, name))
      .find((path) => existsSync(path));
  if ((!find('nginx') || !find('openssl')) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nginx-light', 'openssl'], {
      env,
    });
  }
  const nginx = find('nginx');
  if (nginx === undefined || !find('openssl')) {
    throw new Error(
      'This test needs nginx and openssl. Install them (Debian: apt-get install nginx-light openssl).',
    );
  }
  return nginx;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32, rejectUnauthorized: false });

function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpsRequest(url, { method, headers: { ...headers, ...length }, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const cookiesOf = ({ headers }: Answer): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');

describe('nginx in front of two servers', () => {
  let url = '';
  let gitHub: FakeGitHub;
  let postgres: PostgresCluster;
  let nginx: ChildProcess;
  let nginxLog = '';
  const servers: ServerProcess[] = [];

  beforeAll(async () => {
    const binary = findTools();
    const folder = join(dir, 'meta/elections/proxied');
    mkdirSync(folder, { recursive: true });
    const files = electionFiles({
      name: 'Proxied',
      opens: stamp(Date.now() - HOUR),
      closes: stamp(Date.now() + HOUR),
      voters: VOTERS,
    });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    gitHub = await startFakeGitHub({
      people: VOTERS.map((login, i) => ({ id: 500 + i, login, name: login, about: 'Votes.' })),
    });
    // As durable as in production: a server is not ready on one that is not.
    postgres = await createPostgres({ durable: true });
    await postgres.createDatabase('elekto');
    const port = await freePort();
    url = `https://localhost:${port}`;
    for (let i = 0; i < 2; i += 1) {
      servers.push(
        await startProcess({
          ELEKTO_URL: url,
          ELEKTO_META: join(dir, 'meta'),
          // Each server has its own caches; only the database and the keys are shared.
          ELEKTO_DATA_DIR: join(dir, `data-${i}`),
          ELEKTO_SECRETS_DIR: join(dir, 'keys'),
          ELEKTO_DATABASE_URL: postgres.url('elekto'),
          ELEKTO_DEMO_GITHUB: gitHub.url,
        }),
      );
    }
    nginx = startNginx(binary, port);
    for (let waited = 0; waited < 10_000; waited += 50) {
      if ((await ask(`${url}/readyz`).catch(() => null))?.status === 200) return;
      await sleep(50);
    }
    throw new Error(`nginx does not answer: ${nginxLog}`);
  }, 120_000);

  afterAll(async () => {
    agent.destroy();
    nginx?.kill('SIGTERM');
    for (const server of servers) await server.stop('SIGKILL');
    await gitHub?.close();
    await postgres?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The file as it is shipped, with this test's ports, certificate and a header that names the server. */
  function startNginx(binary: string, port: number): ChildProcess {
    const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
    const made = spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    const shipped = readFileSync(join(import.meta.dirname, '../deploy/proxy/nginx.conf'), 'utf8');
    const changes: readonly (readonly [string, string])[] = [
      ['127.0.0.1:3000', `127.0.0.1:${servers[0]?.port}`],
      ['127.0.0.1:3001', `127.0.0.1:${servers[1]?.port}`],
      ['listen 80;', 'listen 127.0.0.1:0;'],
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['/etc/ssl/elekto/fullchain.pem', certificate],
      ['/etc/ssl/elekto/privkey.pem', key],
    ];
    let config = shipped;
    for (const [from, to] of changes) {
      expect(config).toContain(from);
      config = config.replace(from, to);
    }
    // Nothing of the test listens on port 80: that server only redirects.
    config = config.replace(/server \{\s*listen 127\.0\.0\.1:0;[^}]*\}/, '');
    config = config.replaceAll(
      'server_name elections.example.org;',
      'server_name localhost;\n    add_header x-served-by $upstream_addr always;',
    );
    const file = join(dir, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${dir}/${name};`)
      .join('\n');
    writeFileSync(
      file,
      `worker_processes 1;\npid ${dir}/nginx.pid;\nerror_log stderr warn;\nevents {}\nhttp {\n${temporary}\n${config}\n}\n`,
    );
    const child = spawn(binary, ['-p', dir, '-c', file, '-g', 'daemon off;'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (text: Buffer) => void (nginxLog += text.toString()));
    return child;
  }

  /** Signs in through the proxy; each step may meet another server. */
  async function signIn(login: string): Promise<string> {
    const begun = await ask(`${url}/auth/github?next=/`);
    const authorize = new URL(String(begun.headers['location']));
    const form = new URLSearchParams(authorize.searchParams);
    form.set('login', login);
    const chosen = await fetch(authorize.origin + authorize.pathname, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const back = chosen.headers.get('location') ?? '';
    expect(back).toContain(`${url}/oauth/github/callback`);
    const done = await ask(back, { headers: { cookie: cookiesOf(begun) } });
    expect(done.status, done.body).toBe(303);
    return cookiesOf(done);
  }

  it('signs people in with secure cookies, over turns between the servers', async () => {
    const cookie = await signIn('voter-0');
    expect(cookie).toContain('__Host-elekto=');
    const seen = new Set<unknown>();
    for (let i = 0; i < 6; i += 1) {
      const me = await ask(`${url}/trpc/me.get`, { headers: { cookie } });
      expect(me.status).toBe(200);
      expect(me.body).toContain('voter-0');
      seen.add(me.headers['x-served-by']);
    }
    expect(seen.size).toBe(2);
  });

  it('loses no request when one server is stopped, whatever it was doing', async () => {
    const sessions = new Map<string, string>();
    for (const login of VOTERS) sessions.set(login, await signIn(login));
    const ballots = new Map<string, string>();
    for (const [login, cookie] of sessions) {
      const answer = await ask(`${url}/trpc/ballot.paper?input=${encodeURIComponent('{"key":"proxied"}')}`, {
        headers: { cookie },
      });
      ballots.set(login, (await sealRandom(answer.body)).cast);
    }
    const statuses: string[] = [];
    let going = true;
    const read = async (path: string): Promise<void> => {
      while (going) {
        const answer = await ask(url + path).catch((error: Error) => ({ status: 0, body: error.message }));
        statuses.push(answer.status === 200 ? 'ok' : `${path} ${answer.status} ${answer.body}`);
      }
    };
    const readers = ['/', '/elections/proxied/', '/healthz', '/trpc/status.get'].map(read);
    const queue = [...ballots].values();
    const voters = Array.from({ length: 4 }, async () => {
      for (const [login, body] of queue) {
        const answer = await ask(`${url}/trpc/ballot.cast`, {
          method: 'POST',
          headers: {
            cookie: sessions.get(login) ?? '',
            origin: url,
            'x-elekto': '1',
            'content-type': 'application/json',
          },
          body,
        }).catch((error: Error) => ({ status: 0, body: error.message }));
        statuses.push(answer.status === 200 ? 'cast' : `cast ${answer.status} ${answer.body}`);
        await sleep(20);
      }
    });
    await sleep(150);
    expect(await servers[0]?.stop('SIGTERM')).toBe(0);
    await Promise.all(voters);
    await sleep(500);
    going = false;
    await Promise.all(readers);
    expect(
      statuses.filter((status) => status !== 'ok' && status !== 'cast'),
      nginxLog.slice(-2000),
    ).toEqual([]);
    expect(statuses.filter((status) => status === 'cast')).toHaveLength(VOTERS.length);
    const after = await ask(`${url}/healthz`);
    expect(after.headers['x-served-by']).toContain(`127.0.0.1:${servers[1]?.port}`);
  });
});
