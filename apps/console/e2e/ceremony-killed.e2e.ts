/**
 * The ceremony of three officers in three desktop apps, with a server that is killed around their messages: before one reaches it, and
 * after it has kept one and before the app was told. Each time the app goes on by itself or by one press of the very same button.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMAT, readHeader, writeTranscript } from '@elekto/custody/ceremony';
import { must } from '@elekto/custody/testing';
import { writeOfficerKeys } from '@elekto/election';
import { bareEnvironment, startFakeGitHub, type FakeGitHub } from '@elekto/testing';
import { launchChromium } from '@elekto/testing/chromium';
import { toBase64Url } from '@elekto/wire';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser as Person } from '../../server/tests/support/browser.ts';
import { openGate, type Gate } from '../../server/tests/support/gate.ts';
import { electionFiles } from '../../server/tests/support/meta.ts';
import { startProcess, type ServerProcess } from '../../server/tests/support/process.ts';
import { signIn, startDesktop, stopDesktop, type Desktop } from '../tests/harness/desktop.ts';

const OFFICERS = ['ada', 'bob', 'cy'] as const;
type Login = (typeof OFFICERS)[number];
const BOARD = 'keys/2026.json';
const HOUR = 3_600_000;
const MINUTES = 60_000;
/** More than an app waits before it looks at the ceremonies again; its clock is set so, as nobody learns anything by waiting. */
const LOOKS_AGAIN = 20_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

const dir = mkdtempSync(join(tmpdir(), 'elekto-ceremony-killed-'));
const meta = join(dir, 'meta');
const elections = join(meta, 'elections');
const desks = new Map<Login, Desktop>();
const errors: string[] = [];
let browser: Browser;
let gitHub: FakeGitHub;
let server: ServerProcess;
let gate: Gate;
const pageOf = (login: Login): Page => (desks.get(login) as Desktop).page;

function commit(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(elections, name), text);
  for (const words of [
    ['add', '--all'],
    ['commit', '--quiet', '--allow-empty', '-m', 'change'],
  ])
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...words], {
      cwd: meta,
      env: {
        ...bareEnvironment(),
        HOME: dir,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
      },
    });
}

async function start(port?: number): Promise<void> {
  const env = {
    ...{ ELEKTO_META: meta, ELEKTO_META_POLL: '0', ELEKTO_DATA_DIR: join(dir, 'data') },
    ...{ ELEKTO_DATABASE_URL: `sqlite:${join(dir, 'data/elekto.db')}`, ELEKTO_DEMO_SIGN_IN: gitHub.url },
    ...{ LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  };
  server = await startProcess(env, port === undefined ? {} : { port });
}
/** Ends the server as a power cut does, and starts it on what it has left; `meanwhile` is done while nobody answers. */
async function killed(meanwhile?: () => void): Promise<void> {
  const { port } = server;
  expect(await server.stop('SIGKILL')).toBe(null);
  meanwhile?.();
  await start(port);
}

/** What the officer does in the browser with the page that the app opened. */
async function allow(login: Login, opened: string): Promise<void> {
  const body = new URLSearchParams({ ...Object.fromEntries(new URL(opened).searchParams), answer: 'allow' });
  const person = new Person(server.url);
  await person.signIn(login);
  const back = await person.fetch('/auth/native/approve', { method: 'POST', body });
  await fetch(back.headers.get('location') ?? '');
}

/** An app with a key whose words were typed back; the text of its public half. */
async function openDesk(login: Login): Promise<string> {
  const desk = await startDesktop(browser, { userData: join(dir, login) });
  desks.set(login, desk);
  const { page } = desk;
  page.on('pageerror', (error) => errors.push(`${login}: ${error.message}`));
  await page.clock.install();
  await signIn(desk, { url: gate.url, browse: (opened) => allow(login, opened) });
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('button', { name: 'Make my key' }).click();
  await page.locator('.phrase li').nth(11).waitFor();
  const words = await page.locator('.phrase li').allTextContents();
  await page.getByRole('button', { name: 'They are on paper' }).click();
  const fields = page.locator('.asked-words input');
  await fields.nth(2).waitFor();
  for (const [i, label] of (await page.locator('.asked-words label').allTextContents()).entries())
    await fields.nth(i).fill(words[Number(label.replace('Word ', '')) - 1] ?? '');
  await page.getByRole('button', { name: 'Keep this key' }).click();
  await page.getByText('The others cannot see your key yet').waitFor();
  const state = await page.evaluate(() => window.elekto?.keysState());
  const [own] = state?.keys ?? [];
  if (own === undefined) throw new Error('a key');
  return writeOfficerKeys({ login, sign: own.sign, receive: own.receive });
}

beforeAll(async () => {
  const people = OFFICERS.map((login, i) => ({ id: 1000 + i, login, name: login, about: 'A person.' }));
  [browser, gitHub] = await Promise.all([launchChromium(), startFakeGitHub({ people })]);
  for (const folder of ['steering', 'keys', 'officers'])
    mkdirSync(join(elections, folder), { recursive: true });
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: meta, env: bareEnvironment() });
  const files = electionFiles({
    ...{ opens: stamp(Date.now() + 24 * HOUR), closes: stamp(Date.now() + 48 * HOUR), officers: OFFICERS },
    ...{ candidates: ['dan', 'eve'], voters: ['vera'], extra: `custody: ${BOARD}\n` },
  });
  commit(Object.fromEntries(Object.entries(files).map(([name, text]) => [`steering/${name}`, text])));
  await start();
  gate = await openGate(() => server.url);
}, 5 * MINUTES);
afterAll(async () => {
  for (const desk of desks.values()) await stopDesktop(desk);
  await server?.stop('SIGKILL');
  await gate?.close();
  await gitHub?.close();
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});

type When = 'before' | 'after';

/**
 * A visit to Keys whose message is broken off by so many deaths of the server. After each the app shows that it goes on, or offers the
 * same button again, which is pressed once.
 */
async function visit(
  login: Login,
  message: string,
  action: string,
  done: string | RegExp,
  whens: readonly When[],
): Promise<void> {
  const page = pageOf(login);
  const button = page.getByRole('button', { name: action, exact: true });
  const isDone = page.getByText(done).filter({ visible: true }).first();
  await page.reload();
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  for (const when of whens) {
    await button.or(isDone).first().waitFor();
    // What was kept by the server that died is not sent again.
    if (await isDone.isVisible()) break;
    const arrived = gate.hold(message, 1, when);
    await button.click();
    const breakOff = await arrived;
    await killed(breakOff);
  }
  // By itself, as the app looks again and finds what was kept, or by one press of the same button. What never arrived cannot go on by
  // itself, and its button is offered again.
  if (whens.at(-1) === 'after') await page.clock.fastForward(LOOKS_AGAIN);
  const next = whens.at(-1) === 'after' ? isDone : button.or(isDone).first();
  await next.waitFor({ timeout: 30_000 }).catch(() => undefined);
  const alone = await isDone.isVisible();
  if (!alone) await Promise.race([button.click(), isDone.waitFor()]);
  try {
    await isDone.waitFor();
  } catch (error) {
    throw new Error(`The page says: ${await page.innerText('#page')}`, { cause: error });
  }
  process.stdout.write(
    `${login}: ${action}, killed ${whens.join(' and ')}, went on ${alone ? 'by itself' : 'by a press'}\n`,
  );
}

it(
  'goes on after each death of the server, from the first deal to the last word that a share is held',
  async () => {
    const published: Record<string, string> = {};
    for (const login of OFFICERS) published[`officers/${login}.json`] = await openDesk(login);
    const officers = OFFICERS.map((login) => {
      const { sign, receive } = JSON.parse(published[`officers/${login}.json`] ?? '{}') as Record<
        'sign' | 'receive',
        string
      >;
      return { login, sign, receive };
    });
    const nonce = toBase64Url(randomBytes(16));
    const about = { format: FORMAT, kind: 'election', threshold: 2, until: '2099-12-31', nonce, officers };
    const header = must(readHeader(about));
    commit({ ...published, [BOARD]: writeTranscript({ header, posts: [] }) });
    await killed();

    const waits = 'Nothing for you to do now';
    await visit('ada', 'custody.post', 'Deal my shares', waits, ['before', 'after']);
    await visit('bob', 'custody.post', 'Deal my shares', waits, ['before']);
    await visit('cy', 'custody.post', 'Deal my shares', 'Your second visit', ['after']);
    await visit('ada', 'custody.post', 'Check my shares and confirm', waits, ['before']);
    await visit('bob', 'custody.post', 'Check my shares and confirm', waits, ['after']);
    await visit('cy', 'custody.post', 'Check my shares and confirm', 'All officers have confirmed', [
      'before',
    ]);
    const ceremonies = await pageOf('ada').evaluate(() => window.elekto?.ceremonies());
    const transcript = /"transcript":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(ceremonies))?.[1];
    // Each officer's two messages once, however often they were sent.
    const text = JSON.parse(`"${transcript ?? ''}"`) as string;
    expect((JSON.parse(text) as { posts: unknown[] }).posts).toHaveLength(6);
    commit({ [BOARD]: text });
    await killed();
    const shown = 'Nothing to do: your share is on this computer';
    await visit('ada', 'custody.ready', 'Show that I hold my share', shown, ['before', 'after']);
    await visit('cy', 'custody.ready', 'Show that I hold my share', shown, ['after']);
    await pageOf('cy').getByText('enough officers have shown that they hold their shares').waitFor();
    expect(errors).toEqual([]);
  },
  10 * MINUTES,
);
