/** Bad input at start: one clear line each, exit code 1, and nothing left behind. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate, sql, startDatabase, tables } from '@elekto/db';
import { bareEnvironment, freshPostgres } from '@elekto/testing';
import { DATABASES, freshDatabase } from '@elekto/testing/databases';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createLog, startServer } from '../src/index.ts';
import { writeMeta } from './support/meta.ts';
import { stubSite } from './support/stub-site.ts';

const main = join(import.meta.dirname, '../main.mjs');
let root: string;
let meta: string;
const taken = createServer();

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'elekto-start-'));
  meta = writeMeta({ steering: {} });
  mkdirSync(join(meta, 'empty-repository/.git'), { recursive: true });
  writeFileSync(join(root, 'a-file'), '');
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  taken.close();
  rmSync(root, { recursive: true, force: true });
  rmSync(meta, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
}

const configured = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  LOG_LEVEL: 'silent',
  ELEKTO_META: meta,
  ELEKTO_SIGN_IN_CLIENT_ID: 'id',
  ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret',
  ...env,
});

/** In a process of its own, as systemd starts it. */
function start(env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...bareEnvironment(), ...configured(env) }, timeout: 60_000 };
    const child = execFile(process.execPath, [main], options, (_error, _stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, lines: stderr.trim().split('\n') });
    });
  });
}

/** Why a start in this process, which is many times cheaper, is given up. */
async function refusal(env: NodeJS.ProcessEnv): Promise<string> {
  const options = { siteBuilder: stubSite(), log: createLog('silent') };
  const started = await startServer(configured(env), options).catch((error: unknown) => error);
  if (started instanceof Error) return started.message;
  await (started as Awaited<ReturnType<typeof startServer>>).close();
  throw new Error('it has started');
}

const port = (): string => String((taken.address() as AddressInfo).port);

it.each([
  [
    'a meta repository that is not there',
    { ELEKTO_META: '/nowhere/at/all' },
    /ELEKTO_META: there is no directory/,
  ],
  ['a meta repository that is a file', { ELEKTO_META: import.meta.filename }, /not a directory/],
  ['a repository that cannot be reached', { ELEKTO_META: 'http://127.0.0.1:9/meta.git' }, /127\.0\.0\.1:9/],
  ['an elections directory that is not there', { ELEKTO_ELECTIONS_DIR: 'nothing' }, /no directory nothing/],
  ['a half-set sign-in app', { ELEKTO_SIGN_IN_CLIENT_SECRET: '' }, /set both or neither/],
  [
    'no sign-in app on a public address',
    { ELEKTO_SIGN_IN_CLIENT_ID: '', ELEKTO_SIGN_IN_CLIENT_SECRET: '', HOST: '0.0.0.0' },
    /not loopback/,
  ],
  [
    'a database that is not there',
    { ELEKTO_DATABASE_URL: 'sqlite:/proc/nowhere/elekto.db' },
    /ELEKTO_DATABASE_URL: .* cannot be made/,
  ],
])('%s', async (name, env, message) => {
  const dataDir = join(root, name);
  const said = await refusal({ PORT: '0', ELEKTO_DATA_DIR: dataDir, ...env });
  expect(said).toMatch(message);
  expect(said).not.toContain('\n');
  expect(existsSync(dataDir)).toBe(false);
});

it('a taken port', async () => {
  const dataDir = join(root, 'port');
  const { code, lines } = await start({ PORT: port(), ELEKTO_DATA_DIR: dataDir });
  expect(lines).toEqual([expect.stringContaining(`Port ${port()} is taken`)]);
  expect(code).toBe(1);
  expect(existsSync(dataDir)).toBe(false);
});

it('a data directory that cannot be made', async () => {
  const said = await refusal({ PORT: '0', ELEKTO_DATA_DIR: join(root, 'a-file/data') });
  expect(said).toMatch(/^ELEKTO_DATA_DIR: .* cannot be written.*$/);
});

it('a data directory that the system does not let anybody make', async () => {
  const said = await refusal({ PORT: '0', ELEKTO_DATA_DIR: '/proc/nowhere/data' });
  expect(said).toMatch(/^ELEKTO_DATA_DIR: .* cannot be (made|written).*$/);
});

it('several problems are said together', async () => {
  const { code, lines } = await start({
    PORT: 'x',
    ELEKTO_URL: 'y',
    ELEKTO_META: '/z',
    ELEKTO_DATA_DIR: join(root, 'all'),
  });
  expect(lines).toHaveLength(3);
  expect(code).toBe(1);
  expect(readdirSync(root)).toEqual(['a-file']);
});

it('a site that cannot be built, when there are no pages from before', async () => {
  const dataDir = join(root, 'no-pages');
  const settings: NodeJS.ProcessEnv = {
    PORT: '0',
    ELEKTO_META: meta,
    ELEKTO_DATA_DIR: dataDir,
    ELEKTO_SIGN_IN_CLIENT_ID: 'id',
    ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret',
  };
  const siteBuilder = { ...stubSite(), build: () => Promise.reject(new Error('a page does not render')) };
  await expect(startServer(settings, { siteBuilder, log: createLog('silent') })).rejects.toThrow(
    /no pages to serve: .*a page does not render/,
  );
  expect(existsSync(dataDir)).toBe(false);
});

it('a repository that cannot be read, when what renders has begun already', async () => {
  const dataDir = join(root, 'begun');
  let writing: NodeJS.Timeout | undefined;
  const siteBuilder = {
    ...stubSite(),
    prepare(cacheDir: string) {
      writing = setInterval(() => {
        mkdirSync(cacheDir, { recursive: true });
        writeFileSync(join(cacheDir, 'bundle'), 'half of it');
      }, 1);
    },
    async stop() {
      await sleep(50);
      clearInterval(writing);
    },
  };
  const settings: NodeJS.ProcessEnv = {
    PORT: '0',
    ELEKTO_META: 'http://127.0.0.1:9/meta.git',
    ELEKTO_DATA_DIR: dataDir,
    ELEKTO_SIGN_IN_CLIENT_ID: 'id',
    ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret',
  };
  await expect(startServer(settings, { siteBuilder, log: createLog('silent') })).rejects.toThrow(
    /cannot be read/,
  );
  expect(writing, 'it had begun').toBeDefined();
  expect(existsSync(dataDir)).toBe(false);
});

it('a directory that is there already keeps what it held, and gets nothing new', async () => {
  const dataDir = join(root, 'kept');
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, 'note'), 'mine');
  for (const env of [
    { ELEKTO_META: 'http://127.0.0.1:9/meta.git' },
    { ELEKTO_DATABASE_URL: `sqlite:${join(import.meta.dirname, 'start.test.ts')}` },
  ]) {
    await refusal({ PORT: '0', ELEKTO_DATA_DIR: dataDir, ...env });
    expect(readdirSync(dataDir, { recursive: true }).toSorted()).toEqual(['note', 'secrets']);
  }
});

const elsewhere = (dataDir: string, databaseUrl: string): NodeJS.ProcessEnv => ({
  PORT: '0',
  ELEKTO_META: meta,
  ELEKTO_DATA_DIR: dataDir,
  ELEKTO_DATABASE_URL: databaseUrl,
  ELEKTO_SIGN_IN_CLIENT_ID: 'id',
  ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret',
});

it('a PostgreSQL that does not answer is waited for, said so meanwhile, and given up; nothing is made', async () => {
  const dataDir = join(root, 'no-postgres');
  const said: string[] = [];
  const started = startServer(elsewhere(dataDir, 'postgresql://elekto:PASSWORD@127.0.0.1:9/elekto'), {
    say: (line) => void said.push(line),
    log: createLog('silent'),
    // Longer than the time between two reminders and a slow attempt.
    patience: { database: 10_000 },
  });
  await expect(started).rejects.toThrow(
    /^The database at PostgreSQL \(ELEKTO_DATABASE_URL\) cannot be used: nothing listens there \(ECONNREFUSED\), and did not come within \d+ s\.$/,
  );
  const waiting = said.filter((line) => line.includes('does not answer: nothing listens there'));
  expect(waiting.length).toBeGreaterThanOrEqual(2);
  expect(said.join()).not.toContain('PASSWORD');
  expect(existsSync(dataDir)).toBe(false);
});

it.each(DATABASES.filter((name) => name !== 'sqlite'))(
  'a %s that lets nobody in, or has no such database, is not waited for',
  async (kind) => {
    const fresh = await freshDatabase(kind, root);
    for (const [url, why] of [
      [
        fresh.url.replace(/[^/]+$/, 'no_such_database'),
        /no database of this name \((3D000|ER_BAD_DB_ERROR)\)\.$/,
      ],
      [fresh.url.replace(/\w+:\w+@/, 'nobody:wrong@'), /\((28P01|28000|ER_ACCESS_DENIED_ERROR)\)\.$/],
    ] as const) {
      const dataDir = join(root, 'not-let-in');
      await expect(startServer(elsewhere(dataDir, url), { log: createLog('silent') })).rejects.toThrow(why);
      expect(existsSync(dataDir)).toBe(false);
    }
    await fresh.drop();
  },
);

it('a database of a newer version', async () => {
  const postgres = await freshPostgres();
  const db = await startDatabase({ url: postgres.url });
  await migrate(db);
  await db.read((em) =>
    sql`insert into mikro_orm_migrations (name) values ('9001-tomorrow')`.execute(tables(em)),
  );
  await db.close();
  const dataDir = join(root, 'newer');
  const { code, lines } = await start({
    PORT: '0',
    ELEKTO_DATA_DIR: dataDir,
    ELEKTO_DATABASE_URL: postgres.url,
  });
  expect(lines).toEqual([
    expect.stringMatching(/newer version of Elekto \(it has 9001-tomorrow\): install that version/),
  ]);
  expect(code).toBe(1);
  expect(existsSync(dataDir)).toBe(false);
  await postgres.drop();
});

it('a site that cannot be built takes no keys away that a PostgreSQL has seen', async () => {
  const postgres = await freshPostgres();
  const dataDir = join(root, 'keys-stay');
  const siteBuilder = { ...stubSite(), build: () => Promise.reject(new Error('a page does not render')) };
  const settings = elsewhere(dataDir, postgres.url);
  await expect(startServer(settings, { siteBuilder, log: createLog('silent') })).rejects.toThrow(/no pages/);
  expect(readdirSync(`${dataDir}-secrets`)).toContain('master.key');
  expect(existsSync(dataDir)).toBe(false);
  const again = await startServer(settings, { siteBuilder: stubSite(), log: createLog('silent') });
  await again.close();
  await postgres.drop();
});
