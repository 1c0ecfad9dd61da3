/**
 * `npm run test:faults`: docs/operators-upgrade.md with ballots in the database, on a machine that is a directory (support/machine.ts): an
 * upgrade whose build fails, one that migrates, and the way back from each, by the commands of the guides alone. What the guides fetch is a
 * copy of this project's last commit, with two versions upon it that this test makes.
 */
import { startFakeGitHub, type FakeGitHub } from '@elekto/testing/fake-github';
import { startOwnPostgres, type OwnPostgres } from '@elekto/testing/own-postgres';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

import { expectNothingLost, prepareAll } from '../apps/server/tests/faults/flight.ts';
import { hangUp, sendCast, type Voter } from '../apps/server/tests/support/crowd.ts';
import { writeMeta } from '../apps/server/tests/support/meta.ts';
import { freePort } from '../apps/server/tests/support/process.ts';

import { shellBlocks } from './support/guide.ts';
import { journal, makeMachine, servicePid, type Machine } from './support/machine.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const guide = read('docs/operators-upgrade.md');
const block = (heading: string, which = 0): string => shellBlocks(guide).get(heading)?.[which] ?? '';
const install = shellBlocks(read('docs/install.md'));
const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
/** Who votes before the upgrades, after the one that failed, and on the newer version: those have to vote again. */
const LOGINS = Array.from({ length: 15 }, (_, i) => `voter-${i}`);

let machine: Machine;
let gitHub: FakeGitHub;
let postgres: OwnPostgres | null = null;
let names: readonly (readonly [string, string])[] = [];
let url = '';
const undo: (() => unknown)[] = [];
const meta = writeMeta({
  load: { voters: LOGINS, opens: stamp(Date.now() - HOUR), closes: stamp(Date.now() + 24 * HOUR) },
});

/** A copy of this project with the tags v1, v2, which cannot be built, and v3, which migrates. */
function makeVersions(place: string): void {
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-C', place, ...args], {
      stdio: 'pipe',
    });
  execFileSync('git', ['clone', '--quiet', root, place], { stdio: 'pipe' });
  git('tag', 'v1');
  writeFileSync(join(place, 'scripts/build.ts'), "throw new Error('this version cannot be built');\n");
  git('commit', '--quiet', '--all', '--message', 'v2');
  git('tag', 'v2');
  git('reset', '--quiet', '--hard', 'v1');
  const folder = join(place, 'packages/db/src/migrations');
  writeFileSync(
    join(folder, 'sqlite/0999-of-the-future.ts'),
    `import { Migration } from '@mikro-orm/migrations';
export class Migration0999 extends Migration {
  override up(): void {
    this.addSql('create table of_the_future (id integer)');
  }
}
`,
  );
  const index = readFileSync(join(folder, 'index.ts'), 'utf8').replace(
    /( {2}(?:sqlite|postgresql): \[\n(?: {4}.*\n)*)/g,
    "$1    { name: '0999-of-the-future', class: Migration0999 },\n",
  );
  writeFileSync(
    join(folder, 'index.ts'),
    `import { Migration0999 } from './sqlite/0999-of-the-future.ts';\n${index}`,
  );
  git('add', '--all');
  git('commit', '--quiet', '--message', 'v3');
  git('tag', 'v3');
  git('reset', '--quiet', '--hard', 'v1');
}

/** A machine on which nothing is installed, and a port for the server. */
async function begin(): Promise<void> {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  gitHub = await startFakeGitHub({
    people: LOGINS.map((login, i) => ({ id: 1000 + i, login, name: login, about: 'Votes.' })),
    clientId: 'the-client-id',
    clientSecret: 'the-client-secret',
  });
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'elekto-upgrade-')));
  machine = makeMachine(dir, root, postgres?.env ?? {});
  undo.push(
    () => rmSync(dir, { recursive: true, force: true }),
    () => gitHub.close(),
    () => {
      const pid = servicePid(dir);
      if (pid !== null && runs(pid)) process.kill(pid, 'SIGKILL');
    },
  );
  makeVersions(join(machine.dir, 'origin'));
  names = [
    ['https://example.org/elekto-ts.git', join(machine.dir, 'origin')],
    ['https://elections.example.org', url],
    ['https://github.com/example/community', meta],
    ['PORT=3000', `PORT=${port}\nELEKTO_SIGN_IN_URL=${gitHub.url}\nELEKTO_SIGN_IN_API_URL=${gitHub.url}`],
    ['127.0.0.1:3000', `127.0.0.1:${port}`],
    ['@127.0.0.1/elekto', `@127.0.0.1:${postgres?.port}/elekto`],
  ];
}

afterEach(async () => {
  hangUp();
  for (const step of undo.splice(0).reverse()) await step();
  await postgres?.stop();
  postgres = null;
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function follow(commands: string, code = 0): Promise<string> {
  const here = names.reduce((text, [from, to]) => text.replaceAll(from, to), machine.moved(commands));
  const ran = await machine.run(here);
  expect(ran.code, `${here}\n${ran.output}\n${journal(machine.dir)}`).toBe(code);
  return ran.output;
}

async function cast(voters: readonly Voter[]): Promise<void> {
  for (const voter of voters) expect(await sendCast(url, voter)).toMatchObject({ outcome: 'recorded' });
}

const READY =
  'curl --fail --silent --show-error --retry 120 --retry-delay 1 --retry-all-errors http://127.0.0.1:3000/readyz';

it(
  'on SQLite leads to a newer version, back from one that fails, and back from one that has migrated, and loses what it says',
  () => upgrade('SQLite'),
  900_000,
);

it('on PostgreSQL leads to a newer version, and back from it when it has migrated', async (context) => {
  postgres = await startOwnPostgres();
  if (postgres === null)
    return context.skip('PostgreSQL is not installed here (Debian: apt-get install postgresql)');
  await upgrade('PostgreSQL');
}, 900_000);

async function upgrade(kind: 'SQLite' | 'PostgreSQL'): Promise<void> {
  await begin();
  for (const each of install.get('Native') ?? []) {
    // Where the guide says to do it.
    if (postgres !== null && each.includes('enable --now elekto'))
      for (const before of install.get('Native, with PostgreSQL') ?? []) await follow(before);
    await follow(each);
  }
  await follow('sudo install -d -o elekto -g elekto -m 0700 /var/backups/elekto');
  const backups = (): string[] => readdirSync(join(machine.dir, 'var/backups/elekto')).sort();
  const voters = await prepareAll([url], LOGINS);
  await cast(voters.slice(0, 5));

  // A build that fails, which asks nothing of the database: nothing further was done, and the guide's line leads back.
  if (kind === 'SQLite') {
    const failed = await follow(block('One machine, no containers').replaceAll('<version>', 'v2'), 1);
    expect(failed).toContain('this version cannot be built');
    expect(backups()).toHaveLength(1);
    await expect(sendCast(url, voters[5] as Voter)).resolves.toMatchObject({ outcome: 'failed' });
    const back = /or go back: `([^`]+<version-before>[^`]+)`/.exec(guide)?.[1] ?? '';
    await follow(`${back.replaceAll('<version-before>', 'v1')}\n${READY}`);
  }
  await cast(voters.slice(5, 10));

  // One that migrates.
  const upgraded = await follow(block('One machine, no containers').replaceAll('<version>', 'v3'));
  expect(upgraded).toContain('Nothing is wrong.');
  expect(backups().at(-1)).toMatch(kind === 'SQLite' ? /\.db$/ : /\.dump$/);
  await cast(voters.slice(10, 12));

  // Back from it: the older version refuses its database, and what was cast since is gone, and said to be.
  await follow('cd /opt/elekto && git checkout --quiet v1');
  expect(await follow('elekto migrate', 1)).toContain('made by a newer version of Elekto');
  const wayBack = block('Back to the version before', kind === 'SQLite' ? 0 : 1).replaceAll(
    '<version>',
    'v1',
  );
  const said = await follow(wayBack.replaceAll('<backup>', backups().at(-1) ?? ''), 1);
  expect(said).toMatch(/"status":"ready"/);
  expect(said).toMatch(/WRONG election load: .*elekto election accept-restore/);
  expect(await sendCast(url, voters[10] as Voter)).not.toMatchObject({ outcome: 'recorded' });
  await follow('elekto election accept-restore');
  expect(await follow('elekto doctor')).toContain('Nothing is wrong.');
  await cast(voters.slice(10));
  await follow('systemctl stop elekto');

  const data = join(machine.dir, 'var/lib/elekto');
  const databaseUrl =
    postgres === null
      ? `sqlite:${join(data, 'elekto.db')}`
      : `postgresql://postgres@127.0.0.1:${postgres.port}/elekto`;
  const place = { env: { ELEKTO_META: meta, ELEKTO_DATA_DIR: data }, databaseUrl };
  await expectNothingLost(place, voters, new Set(voters));
}
