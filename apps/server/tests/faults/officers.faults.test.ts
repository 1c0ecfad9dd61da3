/**
 * A ceremony and a count by officers, each a process with `elekto custody`, on a server that is killed around their messages of
 * every kind: before the message reaches it, and after it has kept the message and before anybody was told.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSealed } from '@elekto/backup';
import { FORMAT, readHeader, writeTranscript } from '@elekto/custody/ceremony';
import { keyOf, must } from '@elekto/custody/testing';
import { boardFolder } from '@elekto/protocol/result';
import { sealBallot } from '@elekto/protocol/voter';
import { bareEnvironment, startFakeGitHub, type FakeGitHub } from '@elekto/testing';
import { toBase64Url } from '@elekto/wire';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { Browser } from '../support/browser.ts';
import { openGate, type Gate } from '../support/gate.ts';
import { electionFiles } from '../support/meta.ts';
import { startProcess, type ServerProcess } from '../support/process.ts';
import { writeOfficerFiles } from '../support/officer-files.ts';

const MAIN = join(import.meta.dirname, '../../../../packages/cli/src/main.ts');
const OFFICERS = ['ada', 'bob', 'cy'];
const RANKINGS = { vera: { dan: 1, eve: 2 }, victor: { eve: 1, dan: 2 }, wanda: { eve: 1, dan: 2 } };
const BOARD = 'keys/2026.json';
const KEY = 'steering';
const PASSPHRASE = 'a passphrase that is long enough';
const HOUR = 3_600_000;
/** For two starts of the server, three votes and a sign of life; what comes before has all the time it takes. */
const VOTING_MS = 60_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

let dir: string;
let gitHub: FakeGitHub;
let server: ServerProcess;
let gate: Gate;
let closes: number;
const meta = (): string => join(dir, 'meta');
const home = (login: string): string => join(dir, 'homes', login);
const origin = (): string => server.url;

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
    cwd: meta(),
    env: {
      ...bareEnvironment(),
      HOME: dir,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
    },
  });
}
function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '-m', 'change');
}

function writeElection(opens: number, end: number): void {
  closes = end;
  const files = electionFiles({
    ...{ opens: stamp(opens), closes: stamp(closes), officers: OFFICERS },
    ...{ candidates: ['dan', 'eve'], voters: Object.keys(RANKINGS) },
    extra: `custody: ${BOARD}\ninspection_hours: 0\n`,
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(meta(), 'elections', KEY, name), text);
}

async function start(port?: number): Promise<void> {
  const env = {
    ...{ ELEKTO_META: meta(), ELEKTO_META_POLL: '0', ELEKTO_DATA_DIR: join(dir, 'data') },
    ...{ ELEKTO_DATABASE_URL: `sqlite:${join(dir, 'data/elekto.db')}`, ELEKTO_DEMO_SIGN_IN: gitHub.url },
    ...{ LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  };
  server = await startProcess(env, port === undefined ? {} : { port });
}
async function killed(): Promise<void> {
  expect(await server.stop('SIGKILL')).toBe(null);
  await start(server.port);
}

async function signedIn(login: string): Promise<Browser> {
  const browser = new Browser(server.url);
  await browser.signIn(login);
  return browser;
}

async function cast(login: string, ranking: Readonly<Record<string, number>>): Promise<void> {
  const { api } = await signedIn(login);
  const paper = await api.ballot.paper.query({ key: KEY });
  const sealed = await sealBallot({ paper, ranking, passphrase: null });
  await api.ballot.cast.mutate({ key: KEY, cast: sealed.cast });
}

/** The officer's computer: their key, and a session as the system's browser hands it over. */
async function computer(login: string, position: number): Promise<void> {
  mkdirSync(home(login), { recursive: true });
  writeFileSync(join(home(login), 'passphrase'), `${PASSPHRASE}\n`);
  const root = Buffer.from(new Uint8Array(16).fill(position)).toString('hex');
  const text = (async function* () {
    yield await Promise.resolve(Buffer.from(JSON.stringify({ login, root })));
  })();
  await writeSealed(text, {
    file: join(home(login), 'officer.key'),
    to: { passphrase: PASSPHRASE },
    step: 512,
  });
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const redirectUri = 'http://127.0.0.1:9/callback';
  const browser = await signedIn(login);
  const body = new URLSearchParams({
    ...{ challenge: createHash('sha256').update(verifier).digest('base64url'), method: 'S256', state },
    ...{ redirect_uri: redirectUri, answer: 'allow' },
  });
  const back = await browser.fetch('/auth/native/approve', { method: 'POST', body });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code');
  const granted = await fetch(`${server.url}/auth/native/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elekto': '1' },
    body: JSON.stringify({ code, verifier, redirectUri }),
  });
  const { token } = (await granted.json()) as { token: string };
  const signIns = { [server.url]: token, [gate.url]: token };
  writeFileSync(join(home(login), 'session'), JSON.stringify(signIns));
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function elekto(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...bareEnvironment(), HOME: dir } });
  const text = { out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => void (text.out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => void (text.err += piece.toString()));
  child.stdin.end();
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text })));
}
function custody(login: string, ...args: string[]): Promise<Ended> {
  const key = ['--key-file', join(home(login), 'officer.key')];
  const secret = ['--passphrase-file', join(home(login), 'passphrase')];
  const session = ['--server', gate.url, '--token-file', join(home(login), 'session')];
  return elekto(['custody', ...args, ...key, ...secret, ...session]);
}

type When = 'before' | 'after';

/**
 * The same visit until its message is kept and said: the server dies before the message has come to it, or after it has kept
 * it. Each time the officer is told to try again, unless the visit finds the server back and goes on by itself. Returns what all
 * tries said.
 */
async function visit(
  login: string,
  message: string,
  whens: readonly When[],
  ...args: string[]
): Promise<string> {
  let said = '';
  for (const when of whens) {
    const arrived = gate.hold(message, 1, when);
    const ended = custody(login, ...args);
    const breakOff = await Promise.race([arrived, ended]);
    if (typeof breakOff !== 'function') throw new Error(`${args.join(' ')}: ${breakOff.out}${breakOff.err}`);
    await killed();
    breakOff();
    const { code, out, err } = await ended;
    if (code !== 0)
      expect([code, err]).toEqual([
        1,
        expect.stringContaining('what you have done so far is kept, try again'),
      ]);
    said += out;
  }
  const { code, out, err } = await custody(login, ...args);
  expect([code, code === 0 ? '' : err]).toEqual([0, '']);
  return said + out;
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-killed-'));
  const people = [...OFFICERS, ...Object.keys(RANKINGS)];
  gitHub = await startFakeGitHub({
    people: people.map((login, i) => ({ id: 1000 + i, login, name: login, about: 'A person.' })),
  });
  mkdirSync(join(meta(), 'elections', KEY), { recursive: true });
  mkdirSync(join(meta(), 'elections/keys'));
  writeElection(Date.now() + 24 * HOUR, Date.now() + 48 * HOUR);
  const officers = OFFICERS.map((login, i) => {
    const { sign, receive } = keyOf(i + 1);
    return { login, sign: toBase64Url(sign), receive: toBase64Url(receive) };
  });
  const nonce = toBase64Url(randomBytes(16));
  const about = { format: FORMAT, kind: 'election', threshold: 2, until: '2099-12-31', nonce, officers };
  const header = must(readHeader(about));
  writeFileSync(join(meta(), 'elections', BOARD), writeTranscript({ header, posts: [] }));
  writeOfficerFiles(meta(), header);
  git('init', '--quiet', '--initial-branch=main');
  commit();
  await start();
  gate = await openGate(origin);
  for (const [i, login] of OFFICERS.entries()) await computer(login, i + 1);
});
afterEach(async () => {
  await server.stop('SIGKILL');
  await gate.close();
  await gitHub.close();
  rmSync(dir, { recursive: true, force: true });
});

it('goes on after each death of the server, from the first deal to the last decryption', async () => {
  const elections = join(meta(), 'elections');
  const board = ['--board', BOARD];
  const both: readonly When[] = ['before', 'after'];
  const turns = [
    ['ada', both],
    ['bob', ['before']],
    ['cy', ['after']],
  ] as const;
  for (const [login, whens] of turns)
    expect(await visit(login, 'custody.post', whens, 'deal', ...board)).toContain(
      whens.at(-1) === 'before' ? 'You have dealt.' : 'nothing for you to deal any more',
    );
  for (const [login, whens] of turns)
    expect(
      await visit(login, 'custody.post', whens, 'confirm', ...board, '--elections', elections),
    ).toContain(
      whens.at(-1) === 'before' ? 'You have confirmed' : 'nothing for you to confirm yet, or any more',
    );
  const session = ['--server', server.url, '--token-file', join(home('bob'), 'session')];
  const done = await elekto(['custody', 'finish', ...board, ...session, '--elections', elections]);
  expect(done.out).toContain('All officers have confirmed');
  commit();
  await killed();
  expect(await visit('ada', 'custody.ready', ['before'], 'ready', KEY, ...board)).toContain(
    'before 1 more of you is',
  );
  expect(await visit('cy', 'custody.ready', ['after'], 'ready', KEY, ...board)).toContain(
    'enough of you are: 2 of 3',
  );
  writeElection(Date.now() - HOUR, Date.now() + VOTING_MS);
  commit();
  await killed();

  const someone = new Browser(server.url);
  const stage = async () =>
    (await someone.api.status.get.query()).elections.find(({ key }) => key === KEY)?.stage;
  await expect.poll(stage, { timeout: 90_000, interval: 500 }).toBe('open');
  for (const [login, ranking] of Object.entries(RANKINGS)) await cast(login, ranking);
  const place = ['--repository', meta(), '--branch', 'main'];
  expect(await visit('cy', 'custody.alive', both, 'alive', KEY, ...place)).toContain('1 of you have');
  expect(Date.now(), 'it was still open for the last ballot').toBeLessThan(closes);
  await sleep(Math.max(0, closes + 1000 - Date.now()));
  await expect.poll(stage, { timeout: 90_000, interval: 500 }).toBe('closed');

  const proposed = await custody('ada', 'box', KEY, ...place, '--elections', elections);
  expect([proposed.code, proposed.err]).toEqual([0, expect.anything()]);
  commit();
  await killed();
  const count = (login: string) => visit(login, 'board.post', both, 'count', KEY, ...place);
  expect(await count('ada')).toContain('Mixed by ada');
  expect(await visit('cy', 'board.post', both, 'mix', KEY, ...place)).toContain('Mixed by ada, cy');
  expect(await count('cy')).toContain('Decrypted by cy');
  expect(await count('ada')).toContain('Nothing is left to do');

  const { api } = await signedIn('bob');
  const outcome = () => api.officer.outcome.query({ key: KEY });
  await expect
    .poll(async () => (await outcome()).state, { timeout: 90_000, interval: 500 })
    .toBe('finalised');
  expect(await outcome()).toMatchObject({ cast: 3, outcome: { seats: { elected: ['eve'] } } });
  const resultsJson = await api.officer.resultsJson.query({ key: KEY });
  const folder = join(dir, 'alone', KEY);
  cpSync(join(meta(), 'elections', KEY), folder, { recursive: true });
  mkdirSync(join(folder, 'board'));
  const files = await boardFolder(resultsJson, {
    sizes: () => api.board.files.query({ election: KEY }),
    file: async (name) => Buffer.from(await api.board.file.query({ election: KEY, name }), 'base64url'),
    custody: () => api.board.custody.query({ election: KEY }),
    address: `${server.url}/elections/${KEY}/`,
  });
  for (const { name, content } of [
    { name: 'ballots.csv', content: await api.officer.ballotsCsv.query({ key: KEY }) },
    { name: 'results.json', content: resultsJson },
    ...files,
  ])
    writeFileSync(join(folder, name), content);
  // Each message once, however often it was sent.
  expect(
    readdirSync(join(folder, 'board'))
      .filter((name) => name.endsWith('.bin'))
      .sort(),
  ).toEqual([...['00-box.bin', '01-mix.bin', '02-mix.bin', '03-decrypt-01.bin', '03-decrypt-03.bin']]);
  const verified = await elekto(['verify', folder]);
  expect([verified.code, verified.err]).toEqual([0, '']);
});
