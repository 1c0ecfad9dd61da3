/**
 * `npm run bench:many`: ten communities on one machine, each a process and a database of its own on one PostgreSQL, behind one
 * nginx. What each takes, and that two of them vote by their own names without meeting. `--instances 3` for a short look.
 */
import { startFakeGitHub } from '@elekto/testing/fake-github';
import { createPostgres } from '@elekto/testing/postgres';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { asked, wholeNumber } from '../apps/server/bench/support/choice.ts';
import { startInstalled } from '../apps/server/bench/support/flags.ts';
import { machine } from '../apps/server/bench/support/machine.ts';
import { printTable } from '../apps/server/bench/support/table.ts';
import { sealRandom } from '../apps/server/tests/support/crowd.ts';
import { writeElection } from '../apps/server/tests/support/meta.ts';
import { freePort, type ServerProcess } from '../apps/server/tests/support/process.ts';

import { ask, cookiesOf, hangUp, startNginx, type Nginx } from './support/nginx.ts';

const COUNT = asked(() => {
  const { values } = parseArgs({ options: { instances: { type: 'string', default: '10' } } });
  return wholeNumber('instances', values.instances, [2, 40]);
});
const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

interface Instance {
  readonly name: string;
  readonly origin: string;
  readonly server: ServerProcess;
}

const dir = mkdtempSync(join(tmpdir(), 'elekto-many-'));
const tls = await freePort();
// Names that are this machine everywhere, and each another host to browsers and to nginx.
const names = Array.from({ length: COUNT }, (_, i) => `127.0.0.${i + 11}`);
const gitHub = await startFakeGitHub({
  allowRedirect: (uri) => names.some((name) => uri.startsWith(`https://${name}:`)),
  people: ['vera', 'victor'].map((login, i) => ({ id: 500 + i, login, name: login, about: 'Votes.' })),
});
const postgres = await createPostgres({ durable: true });
const instances: Instance[] = [];
let nginx: Nginx | undefined;

const databaseOf = (name: string): string => `elekto_${name.replaceAll('.', '_')}`;

async function begin(name: string): Promise<Instance> {
  const place = join(dir, name);
  const database = databaseOf(name);
  await postgres.createDatabase(database);
  writeElection(join(place, 'meta'), 'steering', {
    name: `Steering of ${name}`,
    voters: ['vera', 'victor'],
    opens: stamp(Date.now() - HOUR),
    closes: stamp(Date.now() + HOUR),
  });
  const origin = `https://${name}:${tls}`;
  const server = await startInstalled({
    ELEKTO_URL: origin,
    ELEKTO_META: join(place, 'meta'),
    ELEKTO_DATA_DIR: join(place, 'data'),
    ELEKTO_DATABASE_URL: postgres.url(database),
    ELEKTO_DEMO_SIGN_IN: gitHub.url,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
  });
  process.stderr.write(`${name}: ready after ${Math.round(server.readyAfter)} ms\n`);
  return { name, origin, server };
}

/** Signs in and casts, all through the proxy, by the instance's own name. */
async function vote({ origin }: Instance, login: string): Promise<void> {
  const begun = await ask(`${origin}/auth/sign-in?next=/`);
  const authorize = new URL(String(begun.headers['location']));
  const form = new URLSearchParams(authorize.searchParams);
  form.set('login', login);
  const chosen = await fetch(authorize.origin + authorize.pathname, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const back = chosen.headers.get('location') ?? '';
  if (!back.startsWith(`${origin}/`)) throw new Error(`signing in at ${origin} came back to ${back}`);
  const cookie = cookiesOf(await ask(back, { headers: { cookie: cookiesOf(begun) } }));
  const input = encodeURIComponent(JSON.stringify({ key: 'steering' }));
  const paper = await ask(`${origin}/trpc/ballot.paper?input=${input}`, { headers: { cookie } });
  const { cast } = await sealRandom(paper.body);
  const headers = { cookie, origin, 'x-elekto': '1', 'content-type': 'application/json' };
  const answer = await ask(`${origin}/trpc/ballot.cast`, { method: 'POST', headers, body: cast });
  if (answer.status !== 200) throw new Error(`a ballot at ${origin} was answered with ${answer.status}`);
}

/** Ballots stored in a database, by its table of who took part. */
async function participations({ name }: Instance): Promise<number> {
  const rows = await postgres.query(databaseOf(name), 'select count(*) as n from participation');
  return Number(rows[0]?.['n']);
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
  process.stderr.write(`${what}: yes\n`);
}

/** What a process takes that no other shares, MB. */
function ownMemory(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return [...text.matchAll(/^Private_\w+:\s+(\d+)/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0) / 1024;
}

try {
  // One after the other: the first start of each builds its pages, which takes memory of its own for some seconds.
  for (const name of names) instances.push(await begin(name));
  const [one, other] = instances as [Instance, Instance];
  nginx = startNginx(
    dir,
    { tls, plain: await freePort(), servers: [one.server.port, other.server.port] },
    new Map(instances.map(({ name, server }) => [name, server.port])),
  );
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(`${one.origin}/readyz`).catch(() => null);
    if (answer?.status === 200) break;
    if (tries > 100) throw new Error(`nginx does not answer: ${nginx.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const homes = await Promise.all(instances.map(({ origin }) => ask(`${origin}/`)));
  check(
    homes.every(({ body }, i) => body.includes(`Steering of ${instances[i]?.name}`)),
    'each name shows its own pages',
  );
  await vote(one, 'vera');
  await vote(one, 'victor');
  await vote(other, 'vera');
  const counted = await Promise.all(instances.map(participations));
  check(
    counted.every((n, i) => n === [2, 1][i] || (i > 1 && n === 0)),
    'ballots are where they were cast, and nowhere else',
  );
  const [row] = await postgres.query(
    'postgres',
    'select count(*) as n from pg_stat_activity where datname <> current_database()',
  );
  const rows = instances.map(({ name, server }): [string, number, number, number, number] => [
    name,
    server.memory().now,
    ownMemory(server.pid),
    server.memory().most,
    server.readyAfter,
  ]);
  const sum = (column: 1 | 2): number => rows.reduce((total, each) => total + each[column], 0);
  process.stdout.write(`${machine()}\n`);
  printTable(
    `${COUNT} instances, one PostgreSQL with a database each, one nginx; ${String(row?.['n'])} connections to the database`,
    ['', 'memory MB', 'of its own MB', 'at most MB', 'first start ms'],
    [...rows, ['together', sum(1), sum(2), Number.NaN, Number.NaN]],
  );
} finally {
  hangUp();
  nginx?.stop();
  await Promise.all(instances.map(({ server }) => server.stop('SIGTERM')));
  await gitHub.close();
  await postgres.remove();
  rmSync(dir, { recursive: true, force: true });
}
