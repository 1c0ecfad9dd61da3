/** An officer's key and part of a ceremony: every view in both looks, narrow and wide, and the two visits counted. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoveryPhrase, rootOfPhrase } from '@elekto/custody/ceremony';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems } from '../../../packages/testing/src/axe.ts';
import { keepPicture } from '../../../packages/testing/src/pictures.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { openStage, type Look, type Stage } from '../tests/harness/chrome.ts';
import { newUserData, signIn, startDesktop, stopDesktop } from '../tests/harness/desktop.ts';
import { startFakeServer } from '../tests/harness/fake-server.ts';
import { KEY_VIEWS } from '../tests/harness/views.ts';
import { serveHarness, type Served } from '../tests/harness/serve.ts';

let browser: Browser;
let served: Served;
let stage: Stage;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), serveHarness()]);
  stage = openStage(browser, served);
});
afterAll(async () => {
  await stage.close();
  await browser.close();
  await served.close();
});

const open = (scene: string, look: Look = {}) => stage.visit(`?keys=${scene}#/keys`, look);
const shows = (page: Page, text: string) =>
  page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
/** The twelve words, once they are made. */
async function wordsOf(page: Page): Promise<string[]> {
  await page.locator('.phrase li').nth(11).waitFor();
  return page.locator('.phrase li').allTextContents();
}
/** The newest page that was opened, once there is one. */
async function openedBy(page: Page): Promise<string> {
  await page.waitForFunction(() => window.harness.opened.length > 0);
  return page.evaluate(() => window.harness.opened.at(-1) ?? '');
}

describe('a view', () => {
  it.each(KEY_VIEWS)('%s, %s, %i wide, is drawn and clean', async (scene, colorScheme, width, text) => {
    const { page, errors } = await open(scene, { dark: colorScheme === 'dark', width });
    await shows(page, text);
    await keepPicture(page, `console/keys-${scene}-${colorScheme}-${width}`);
    expect(await axeProblems(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
  });
});

describe('an officer, with the screen alone', () => {
  it('makes a key: the words are asked back, a wrong one is refused, and the public half is proposed', async () => {
    const { page, errors } = await open('none');
    await page.getByRole('button', { name: 'Make my key' }).click();
    const words = await wordsOf(page);
    expect(words).toHaveLength(12);
    await keepPicture(page, 'console/keys-words');
    await page.getByRole('button', { name: 'They are on paper' }).click();
    const fields = page.locator('.asked-words input');
    await expect.poll(() => fields.count()).toBe(3);
    const asked = await page.locator('.asked-words label').allTextContents();
    const right = asked.map((label) => words[Number(label.replace('Word ', '')) - 1] ?? '');
    for (const [i] of asked.entries()) await fields.nth(i).fill(i === 1 ? 'zoo-keeper' : (right[i] ?? ''));
    await page.getByRole('button', { name: 'Keep this key' }).click();
    await shows(page, `${asked[1]} is another one`);
    await keepPicture(page, 'console/keys-other-word');
    await fields.nth(1).fill(right[1] ?? '');
    await page.getByRole('button', { name: 'Keep this key' }).click();
    await page.getByRole('button', { name: 'Propose edda-lind.json' }).click();
    const asks = new URL(await openedBy(page));
    expect(asks.pathname).toBe('/driftwood/meta/new/HEAD/elections/officers');
    const file = JSON.parse(asks.searchParams.get('value') ?? '{}') as Record<string, string>;
    expect(Object.keys(file)).toEqual(['format', 'login', 'sign', 'receive']);
    expect(errors).toEqual([]);
  });

  it('has a key back from its words, and is told which word is none', async () => {
    const { page } = await open('lost-keyring');
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await page.getByLabel(/twelve words on your paper/).fill('qwerty '.repeat(12));
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await shows(page, 'No key has the word');
    const anothers = recoveryPhrase(new Uint8Array(16).fill(2));
    await page.getByLabel(/twelve words on your paper/).fill(anothers);
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await shows(page, 'These are the words of rui-tavares');
    await page.getByLabel(/twelve words on your paper/).fill(recoveryPhrase(new Uint8Array(16).fill(9)));
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await shows(page, 'These are the words of nobody who is known here');
    await keepPicture(page, 'console/keys-nobodys');
    const field = page.getByLabel(/twelve words on your paper/);
    await field.fill(recoveryPhrase(new Uint8Array(16).fill(1)));
    await page.evaluate(() => (document.documentElement.dataset['away'] = ''));
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await shows(page, 'The server does not answer: try again');
    expect(await page.getByText('nobody who is known here').count()).toBe(0);
    expect(await field.inputValue(), 'what was typed stays').toBe(recoveryPhrase(new Uint8Array(16).fill(1)));
    await keepPicture(page, 'console/keys-not-known');
    await page.evaluate(() => delete document.documentElement.dataset['away']);
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await field.waitFor({ state: 'detached' });
  });

  it('has the key back that a ceremony knows, where another one lies on this computer', async () => {
    const { page, errors } = await open('other-key');
    await shows(page, 'The repository has another key for you');
    await keepPicture(page, 'console/keys-other-key');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have twelve words' }).click();
    await page.getByLabel(/twelve words on your paper/).fill(recoveryPhrase(new Uint8Array(16).fill(1)));
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await shows(page, 'Your key is on this computer, and its public half is in the repository.');
    await page.getByRole('button', { name: 'Show that I hold my share' }).click();
    await shows(page, 'enough officers have shown that they hold their shares');
    expect(errors).toEqual([]);
  });

  it('reads what is wrong with a custody file, and the way out', async () => {
    for (const [scene, ...sentences] of [
      [
        'edited',
        'Ceremony, whoever wrote it down: what stands there in the name of edda-lind is not what they signed for this ceremony.',
        'Nobody edits this file by hand: bring back the version that the officers confirmed, or hold a new ceremony in a new file.',
      ],
      [
        'threshold-1',
        'Ceremony header, whoever wrote it: its threshold has to be a whole number, more than half of the 3 officers and 3 at most.',
        'Take a threshold of more than half of the officers: 2 of 3, 3 of 5. One officer alone must never open ballots.',
      ],
      [
        'two-officers',
        'Ceremony header, whoever wrote it: it names 2 of the three officers or more that there have to be.',
        'Name at least three officers: of two, either one who stays away leaves the election without a result.',
      ],
    ] as const) {
      const { page } = await open(scene);
      const told = page.getByRole('alert').filter({ hasText: 'This custody file cannot be used' });
      await expect.poll(() => told.locator('p:not(.notice-title)').allTextContents()).toEqual(sentences);
      expect(await page.getByRole('button', { name: 'Deal my shares' }).count()).toBe(0);
    }
  });

  it('whose account was renamed is told to make no other key, and goes on with the old one', async () => {
    const { page } = await open('renamed');
    const told = page.getByRole('status').filter({ hasText: 'This computer has the key of edda-l' });
    await expect
      .poll(() => told.locator('p:not(.notice-title)').allTextContents())
      .toEqual([
        'If edda-l is your old name, make no other key: ask whoever keeps the repository to rename officers/edda-l.json to edda-lind.json, and the login in it. Your key and your share stay as they are.',
      ]);
    await open('renamed-in-git');
    await shows(page, 'Your key is on this computer, and its public half is in the repository.');
    await page.getByRole('button', { name: 'Show that I hold my share' }).click();
    await shows(page, 'enough officers have shown that they hold their shares');
  });

  it('takes part in two visits of two clicks each, waiting for nobody', async () => {
    const { page, errors } = await stage.visit('?keys=deal#/');
    let clicks = 0;
    const click = async (role: 'link' | 'button', name: string): Promise<void> => {
      clicks += 1;
      await page.getByRole(role, { name, exact: true }).click();
    };
    await click('link', 'Keys');
    await click('button', 'Deal my shares');
    await shows(page, 'Nothing for you to do now');
    expect(clicks).toBe(2);
    // The others come in their own time; this officer is away.
    await page.getByRole('link', { name: 'Home' }).click();
    await page.evaluate(() => window.harness.othersAct());
    clicks = 0;
    await click('link', 'Keys');
    await click('button', 'Check my shares and confirm');
    await page
      .getByRole('row', { name: /edda-lind \(you\)/ })
      .getByText('confirmed')
      .waitFor();
    expect(clicks).toBe(2);
    await page.evaluate(() => window.harness.othersAct());
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByRole('button', { name: 'Propose 2026.json' }).click();
    expect(await openedBy(page)).toBe('https://github.com/driftwood/meta/edit/HEAD/elections/keys/2026.json');
    const copied = await page.evaluate(() => window.harness.copied);
    expect(JSON.parse(copied[0] ?? '{}')).toHaveProperty('posts.length', 6);
    expect(errors).toEqual([]);
  });

  it('shows before an election opens that they hold their share', async () => {
    const { page, errors } = await open('merged');
    await shows(page, '1 of 2 needed have shown that they hold their shares');
    await shows(page, 'Show it for each election below');
    await page.getByText('Nothing to do').waitFor({ state: 'detached' });
    await keepPicture(page, 'console/keys-ready');
    await page.getByRole('button', { name: 'Show that I hold my share' }).click();
    await shows(page, 'enough officers have shown that they hold their shares');
    await shows(page, 'Nothing to do: your share is on this computer');
    expect(await page.getByRole('button', { name: 'Show that I hold my share' }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('prepares a new ceremony from the keys that are there', async () => {
    const { page } = await open('merged');
    await page.getByRole('button', { name: 'Begin a ceremony' }).click();
    for (const login of ['edda-lind', 'rui-tavares', 'sam-riva'])
      await page.getByText(login, { exact: true }).last().click();
    await shows(page, 'Any 2 of these 3 open a count together');
    const year = new Date().getUTCFullYear();
    const isTaken = 'There is a ceremony of this name: a new one takes a new file.';
    expect(await page.getByLabel('Name of the file').inputValue()).toBe(year === 2026 ? '2026-2' : `${year}`);
    await page.getByLabel('Name of the file').fill('2026');
    await shows(page, isTaken);
    expect(await page.getByRole('button', { name: 'Prepare the file' }).isDisabled()).toBe(true);
    await page.getByLabel('Name of the file').fill('2027');
    await page.getByRole('button', { name: 'Prepare the file' }).click();
    // This computer was not told where the repository is, so it could not look there.
    const told = page.getByRole('status').filter({ hasText: 'These keys are the word of the server' });
    await expect
      .poll(() => told.locator('p:not(.notice-title)').allTextContents())
      .toEqual([
        'This computer does not know the repository yet, so it could not compare them. Before you propose the file, ask each officer for the key in their own file of the folder officers, and not over the server: who lists a key of their own in another name would hold that share.',
      ]);
    const compared = await told.getByRole('list', { name: 'Keys to compare' }).locator('li').allInnerTexts();
    expect(compared.map((line) => line.split(':')[0])).toEqual(['edda-lind', 'rui-tavares', 'sam-riva']);
    expect(compared.every((line) => /: [A-Za-z0-9_-]{43}$/.test(line))).toBe(true);
    await keepPicture(page, 'console/keys-unchecked');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save 2027.json' }).click();
    await page.waitForFunction(() => window.harness.saved.length > 0);
    const [saved] = await page.evaluate(() => window.harness.saved);
    expect(JSON.parse(saved?.text ?? '{}')).toMatchObject({ header: { threshold: 2 }, posts: [] });
  });
});

describe('a server that lists a key under another login', () => {
  const SAID =
    'Officers\u2019 keys, the server: it lists the key of sam-riva under the login rui-tavares. Nothing was done with it: tell the other officers.';

  it('begins no ceremony where this computer knows the repository, and gives nobody a key back', async () => {
    const { page, errors } = await open('merged');
    await page.evaluate(() => (document.documentElement.dataset['git'] = ''));
    await page.getByRole('button', { name: 'Begin a ceremony' }).click();
    for (const login of ['edda-lind', 'rui-tavares', 'sam-riva'])
      await page.getByText(login, { exact: true }).last().click();
    await page.getByLabel('Name of the file').fill('2027');
    await page.getByRole('button', { name: 'Prepare the file' }).click();
    await shows(page, SAID);
    expect(await page.getByRole('button', { name: 'Save 2027.json' }).count()).toBe(0);
    await keepPicture(page, 'console/keys-listed-wrong');
    expect(errors).toEqual([]);
    await open('lost-keyring');
    await page.evaluate(() => (document.documentElement.dataset['git'] = ''));
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await page.getByLabel(/twelve words on your paper/).fill(recoveryPhrase(new Uint8Array(16).fill(1)));
    await page.getByRole('button', { name: 'Bring my key back' }).click();
    await shows(page, SAID);
    expect(errors).toEqual([]);
  });
});

describe('a key in the desktop app', () => {
  it('is made in the main process, sealed by the system, and leaves it as its words alone', async () => {
    const server = await startFakeServer([]);
    const desktop = await startDesktop(browser, { userData: newUserData() });
    const { page } = desktop;
    await signIn(desktop, server);
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByRole('button', { name: 'Make my key' }).click();
    const words = await wordsOf(page);
    const file = join(desktop.userData, 'officer-keys.json');
    await page.getByRole('button', { name: 'They are on paper' }).click();
    expect(existsSync(file)).toBe(false);
    await page.locator('.asked-words input').nth(2).waitFor();
    for (const [i, label] of (await page.locator('.asked-words label').allTextContents()).entries())
      await page
        .locator('.asked-words input')
        .nth(i)
        .fill(words[Number(label.replace('Word ', '')) - 1] ?? '');
    await page.getByRole('button', { name: 'Keep this key' }).click();
    await shows(page, 'The others cannot see your key yet');
    const root = Buffer.from(rootOfPhrase(words.join(' ')) ?? []).toString('hex');
    expect(root).toHaveLength(32);
    expect(readFileSync(file, 'utf8')).not.toContain(root);
    const told = JSON.stringify(await page.evaluate(() => window.elekto?.keysState()));
    expect(told).toContain('"login":"edda-lind"');
    for (const secret of [root, words.join(' ')]) {
      expect(told).not.toContain(secret);
      expect(await page.content()).not.toContain(secret);
    }
    expect(server.requests.filter((path) => path.includes('custody.post'))).toEqual([]);
    await stopDesktop(desktop);
    await server.close();
  });

  it.each(['basic_text', 'unavailable'])('is not made where the keyring is %s', async (safeStorage) => {
    const server = await startFakeServer([]);
    const desktop = await startDesktop(browser, { safeStorage, userData: newUserData() } as never);
    await signIn(desktop, server);
    await desktop.page.getByRole('link', { name: 'Keys', exact: true }).click();
    await shows(desktop.page, 'no keyring that could keep a key');
    expect(await desktop.page.evaluate(() => window.elekto?.beginKey())).toBeNull();
    expect(existsSync(join(desktop.userData, 'officer-keys.json'))).toBe(false);
    await stopDesktop(desktop);
    await server.close();
  });
});
