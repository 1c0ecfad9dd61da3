/** What operators do from a terminal beside a running server. */
import { execFile } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { bareEnvironment } from '@elekto/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { inDatabase } from './support/in-database.ts';
import { electionFiles, writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { view, vote } from './support/voting.ts';

const main = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
let meta: string;
let running: Running;
beforeAll(async () => {
  meta = writeMeta({ steering: {}, other: { candidates: ['dan', 'eve'] } });
  running = await run({ meta, people: ['vera', 'olga'] });
  await vote(await running.signedIn('vera'), 'steering', { ada: 1, bob: 2 });
});
afterAll(async () => {
  await running?.stop();
  rmSync(meta, { recursive: true, force: true });
});

function elekto(
  args: readonly string[],
  input = '',
  more: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; out: string; err: string; lasted: number }> {
  const env = { ...bareEnvironment(), ...running.env, ELEKTO_URL: running.url, ...more };
  return new Promise((resolve) => {
    /** Without its start, which a busy machine makes long: from its first word, ms. */
    let spokeAt = Infinity;
    const child = execFile(process.execPath, [main, ...args], { env }, (_error, out, err) => {
      resolve({ code: child.exitCode, out, err, lasted: performance.now() - spokeAt });
    });
    child.stdout?.once('data', () => (spokeAt = performance.now()));
    child.stdin?.end(input);
  });
}

it('elekto migrate finds the database up to date', async () => {
  expect(await elekto(['migrate'])).toMatchObject({ code: 0, out: 'The database is up to date.\n' });
});

it('elekto sessions end signs a person out in every browser and app, and nobody else', async () => {
  const [here, there, olga] = [
    await running.signedIn('vera'),
    await running.signedIn('vera'),
    await running.signedIn('olga'),
  ];
  expect(await elekto(['sessions', 'end', 'VERA'])).toMatchObject({
    code: 0,
    out: 'VERA is signed out everywhere.\n',
  });
  for (const browser of [here, there]) expect((await browser.api.me.get.query()).user).toBeNull();
  expect((await olga.api.me.get.query()).user).toEqual({ login: 'olga' });
  const unknown = await elekto(['sessions', 'end', 'nobody']);
  expect([unknown.code, unknown.err]).toEqual([
    1,
    expect.stringContaining('nobody called nobody has signed in here'),
  ]);
});

it('elekto sessions free signs a person out and gives the login to who signs in with it', async () => {
  const vera = await running.signedIn('vera');
  expect(await elekto(['sessions', 'free', 'vera'])).toMatchObject({
    code: 0,
    out: 'vera is signed out, and the login is whose signs in with it next.\n',
  });
  expect((await vera.api.me.get.query()).user).toBeNull();
  expect((await elekto(['sessions', 'free', 'vera'])).code).toBe(1);
  expect((await (await running.signedIn('vera')).api.me.get.query()).user).toEqual({ login: 'vera' });
});

it('elekto config check says what is wrong, or that nothing is', async () => {
  const well = await elekto(['config', 'check']);
  expect([well.code, well.out]).toEqual([
    0,
    expect.stringMatching(
      /settings are complete\.\nelekto: ok {4}repository: \d elections can be read\n.*elekto doctor\.\n$/,
    ),
  ]);
  const nowhere = await elekto(['config', 'check'], '', { ELEKTO_META: 'http://127.0.0.1:9/community.git' });
  expect([nowhere.code, nowhere.out]).toEqual([
    0,
    expect.stringMatching(
      /complete\.\nelekto: WRONG repository: .*cannot be read.*\nelekto: .*does not start like this\.\n/,
    ),
  ]);
  const { code, err } = await elekto(['config', 'check'], '', { LOG_LEVEL: 'loud' });
  expect([code, err]).toEqual([1, 'elekto: LOG_LEVEL is not a log level.\n']);
});

it('elekto config check waits some seconds for a git host that is silent or says a byte now and then, and says so', async () => {
  const hosts = [
    createServer((socket) => void socket.on('error', () => undefined).resume()),
    createServer((socket) => drip(socket)),
  ];
  try {
    await Promise.all(
      hosts.map(async (host) => {
        await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
        const source = `http://127.0.0.1:${(host.address() as AddressInfo).port}/meta.git`;
        const { code, out, lasted } = await elekto(['config', 'check'], '', { ELEKTO_META: source });
        expect(lasted).toBeLessThan(12_000);
        expect([code, out]).toEqual([
          0,
          expect.stringMatching(
            /complete\.\nelekto: look {2}repository: its host did not send it within 5 s: .* was not looked at to the end\n.*elekto doctor\.\n$/,
          ),
        ]);
      }),
    );
  } finally {
    for (const host of hosts) host.close();
  }
}, 60_000);

/** An answer that never ends and is never silent for long. */
function drip(socket: Socket): void {
  socket.on('error', () => undefined).resume();
  const type = 'Content-Type: application/x-git-upload-pack-advertisement';
  socket.write(`HTTP/1.1 200 OK\r\n${type}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const drops = setInterval(() => socket.write('1\r\nx\r\n'), 200);
  socket.on('close', () => clearInterval(drops));
}

it('elekto sync has the server read the repository', async () => {
  const file = join(meta, 'elections/other/election.yaml');
  writeFileSync(file, electionFiles({ name: 'Changed' })['election.yaml'] ?? '');
  expect(await elekto(['sync'])).toMatchObject({ code: 0 });
  await expect
    .poll(async () => (await fetch(`${running.url}/`)).text(), { timeout: 10_000 })
    .toContain('Changed');
});

it('elekto election rename gives the ballots to the new folder, and only to one with the same candidates', async () => {
  renameSync(join(meta, 'elections/steering'), join(meta, 'elections/steering-2026'));
  await running.server.sync();
  const vera = await running.signedIn('vera');
  expect(await refusalOf(vera.api.ballot.paper.query({ key: 'steering' }))).toBe('election-withdrawn');
  expect((await vera.api.ballot.participation.query({ key: 'steering-2026' })).voted).toBe(false);

  expect((await elekto(['election', 'rename', 'nowhere', 'steering-2026'])).err).toContain(
    'no ballot box of nowhere',
  );
  expect((await elekto(['election', 'rename', 'steering', 'nowhere'])).err).toContain(
    'no readable election nowhere',
  );
  expect((await elekto(['election', 'rename', 'steering', 'other'])).err).toContain('candidates');
  expect(await elekto(['election', 'rename', 'steering', 'steering-2026'])).toMatchObject({ code: 0 });
  await running.server.sync();
  expect(await view(vera, 'steering-2026')).toEqual({ ada: 1, bob: 2 });
});

it('elekto election purge wants the key typed again', async () => {
  const { code, err } = await elekto(['election', 'purge', 'steering-2026'], 'steering\n');
  expect(code).toBe(1);
  expect(err).toContain('nothing was removed');
  expect((await elekto(['election', 'purge', 'steering-2026'])).code).toBe(1);
  // A key that was mistyped twice is said to be none.
  const unknown = await elekto(['election', 'purge', 'sterring'], 'sterring\n');
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('Nothing was removed')]);
  expect(await view(await running.signedIn('vera'), 'steering-2026')).toEqual({ ada: 1, bob: 2 });
});

it('elekto officers shows who has taken an office, and gives it free on the record', async () => {
  const key = 'steering-2026';
  const olga = await running.signedIn('olga');
  expect(await olga.api.officer.exceptions.query({ key })).toEqual([]);
  expect((await elekto(['officers', 'list'])).out).toMatch(/^steering-2026 olga#\d+$/m);
  expect(await elekto(['officers', 'release', key, 'olga'])).toMatchObject({ code: 0 });
  expect((await olga.api.officer.audit.query({ key })).at(-1)).toMatchObject({
    actor: expect.stringMatching(/^operator /) as string,
    action: 'office-released',
    detail: 'olga',
  });
  const nobody = await elekto(['officers', 'release', key, 'vera']);
  expect([nobody.code, nobody.err]).toEqual([
    1,
    expect.stringContaining('nobody has taken the office of vera'),
  ]);
});

it('elekto election purge removes a withdrawn election and nothing else, once its key is typed', async () => {
  const rows = async (): Promise<number[]> =>
    inDatabase(running, async (db) => {
      const taken = await db.selectFrom('participation').selectAll().execute();
      const elections = await db.selectFrom('election').selectAll().execute();
      return [taken.length, elections.length];
    });
  rmSync(join(meta, 'elections/steering-2026'), { recursive: true });
  await running.server.sync();
  expect(await rows()).toEqual([1, 2]);
  const purged = await elekto(['election', 'purge', 'steering-2026'], 'steering-2026\n');
  expect(purged).toMatchObject({ code: 0, out: 'steering-2026 was removed.\n' });
  expect(await rows()).toEqual([0, 1]);
  // What the status tells is made anew once a second.
  await expect.poll(async () => (await fetch(`${running.url}/status`)).text()).not.toContain('steering-2026');
});
