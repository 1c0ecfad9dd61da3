/** What `elekto doctor` says of installations that are well, that do not run, and that are broken in one way each. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createLog } from '../src/index.ts';
import { runDoctor } from '../src/doctor/doctor.ts';

import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

let running: Running;
beforeAll(async () => {
  running = await run({ meta: writeMeta({ steering: {} }), people: ['vera'], database: 'sqlite' });
  await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
});
afterAll(() => running?.stop());

async function doctor(more: NodeJS.ProcessEnv = {}): Promise<{ code: number; lines: string[] }> {
  const port = String(running.server.config.port);
  const env = { ...running.env, PORT: port, ELEKTO_URL: running.url, ...more };
  const lines: string[] = [];
  const code = await runDoctor(env, createLog('silent'), (line) => lines.push(line));
  return { code, lines };
}

it('finds nothing wrong with one that is well, and names each thing it looked at', async () => {
  const { code, lines } = await doctor();
  expect(lines.filter((line) => line.startsWith('WRONG'))).toEqual([]);
  expect(code).toBe(0);
  for (const what of [
    'settings',
    'disk of',
    'secrets directory',
    'durability',
    'schema',
    'keys',
    'writes',
    'freshness',
  ])
    expect(lines.join('\n')).toContain(what);
  for (const line of [
    'ok    repository: 1 elections can be read',
    `ok    sign-in app: ${running.gitHub.url} knows it`,
    `ok    public address: ${running.url} shows the pages`,
    `ok    sign-in: comes back to ${running.url}`,
    `ok    webhook: ${running.url}/v1/webhooks/meta/sync takes what is signed with the secret`,
  ])
    expect(lines).toContain(line);
  expect(lines.join('\n')).not.toMatch(/vera|a webhook secret|elekto-demo-secret/);
});

it('says which secret is wrong, and whose', async () => {
  const { code, lines } = await doctor({ ELEKTO_WEBHOOK_SECRET: 'another secret' });
  expect(code).toBe(1);
  expect(lines).toContain(
    'WRONG webhook: a signed ping is answered 401: see the proxy, and that the server has this secret',
  );
});

it('says that nobody answers at the public address, and that the repository is not there', async () => {
  const nowhere = 'http://127.0.0.1:9';
  const { code, lines } = await doctor({ ELEKTO_URL: nowhere, ELEKTO_META: `${nowhere}/meta.git` });
  expect(code).toBe(1);
  expect(lines.join('\n')).toMatch(/WRONG public address: nothing answers at http:\/\/127\.0\.0\.1:9/);
  expect(lines.join('\n')).toMatch(/WRONG repository: The repository .* cannot be read/);
});

it.each(['/login', 'http://', ''])('says that another one answers, which leads to "%s"', async (location) => {
  const other = createServer((_req, res) => {
    res.writeHead(302, location === '' ? {} : { location }).end();
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const { code, lines } = await doctor({ ELEKTO_URL: url });
  other.close();
  expect(code).toBe(1);
  expect(lines.join('\n')).toContain(`WRONG public address: ${url} answers 302`);
  expect(lines).toContain(
    `WRONG sign-in: does not begin at ${url}/auth/sign-in: see ELEKTO_URL and the proxy`,
  );
});

it('asks a server at an address of IPv6 where it listens', async () => {
  const { lines } = await doctor({ HOST: '::1' });
  expect(lines.join('\n')).toContain(`at http://[::1]:${running.server.config.port}`);
});

it('says all that is wrong with the settings, and looks no further', async () => {
  const { code, lines } = await doctor({ PORT: 'x', LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(lines).toEqual([
    'WRONG settings: PORT is not a number.',
    'WRONG settings: LOG_LEVEL is not a log level.',
    '2 wrong: see docs/operators-troubleshooting.md.',
  ]);
});

/** Every file below a directory, with what is in it; of the database what its tables say, but for the probe. */
function contentsOf(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const all: Record<string, string> = {};
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    if (!name.startsWith('elekto.db')) all[file] = readFileSync(file, 'base64');
    if (name !== 'elekto.db') continue;
    const database = new DatabaseSync(file);
    for (const table of ['election', 'ballot_box', 'installation', 'session', 'audit_event', 'office'])
      all[table] = JSON.stringify(database.prepare(`select * from ${table}`).all());
    all['note'] = JSON.stringify(database.prepare("select * from note where name <> 'probe'").all());
    database.close();
  }
  return all;
}

it('makes nothing where there is nothing, and changes nothing where there is something', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-doctor-'));
  const empty = { ELEKTO_DATA_DIR: join(dir, 'data'), ELEKTO_SECRETS_DIR: join(dir, 'keys') };
  const { lines } = await doctor({ ...empty, ELEKTO_DATABASE_URL: '' });
  expect(lines.join('\n')).toMatch(/look {2}database: there is none at .*: the first start makes it/);
  expect(readdirSync(dir)).toEqual([]);
  rmSync(dir, { recursive: true });

  await running.server.close();
  const { dataDir, secretsDir } = running.server.config;
  const before = { ...contentsOf(dataDir), ...contentsOf(secretsDir) };
  expect((await doctor()).code).toBe(0);
  expect({ ...contentsOf(dataDir), ...contentsOf(secretsDir) }).toEqual(before);
  // Nor what a start would make anew.
  renameSync(join(secretsDir, 'signing.key'), join(secretsDir, 'away'));
  expect((await doctor()).lines.join('\n')).toMatch(/WRONG database: signing\.key is not in/);
  expect(existsSync(join(secretsDir, 'signing.key'))).toBe(false);
  renameSync(join(secretsDir, 'away'), join(secretsDir, 'signing.key'));
});

it('says of one that does not run that the keys are missing, foreign or open to others', async () => {
  await running.server.close();
  const stopped = await doctor();
  expect(stopped.code).toBe(0);
  expect(stopped.lines.join('\n')).toMatch(/look {2}server: does not run at/);
  const { secretsDir } = running.server.config;
  chmodSync(secretsDir, 0o755);
  expect((await doctor()).lines.join('\n')).toContain('WRONG secrets directory');
  chmodSync(secretsDir, 0o700);
  renameSync(join(secretsDir, 'master.key'), join(secretsDir, 'away'));
  expect((await doctor()).lines.join('\n')).toMatch(/look {2}secrets directory: .* holds no keys/);
  renameSync(join(secretsDir, 'away'), join(secretsDir, 'master.key'));
  const database = new DatabaseSync(join(running.dataDir, 'elekto.db'));
  database.exec("update installation set fingerprint = 'another'");
  database.close();
  const foreign = await doctor();
  expect([foreign.code, foreign.lines.join('\n')]).toEqual([
    1,
    expect.stringMatching(/WRONG database: the keys in .* are not those of this database/),
  ]);
});
