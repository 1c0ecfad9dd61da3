/** A roll built at the desk: the folder of the officer's clone, a token of the keyring, a forge with real pages. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeForge, type FakeForge } from '../../../packages/roll-sources/tests/fake-forge.ts';
import { makeOrganisation } from '../../../packages/roll-sources/tests/organisation.ts';
import { keepPicture } from '../../../packages/testing/src/pictures.ts';
import { launchChromium } from '@elekto/testing/chromium';
import { signIn, startDesktop, stopDesktop, type Desktop } from '../tests/harness/desktop.ts';
import { startFakeServer, type FakeServer } from '../tests/harness/fake-server.ts';
import { demoElections } from '../tests/harness/fixtures.ts';

describe('an officer who builds the roll in the desktop app', () => {
  const base = mkdtempSync(join(tmpdir(), 'console-roll-'));
  const folder = join(base, 'elections', 'steering');
  let browser: Browser;
  let server: FakeServer;
  let forge: FakeForge;
  let desktop: Desktop;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    browser = await launchChromium();
    forge = await fakeForge(makeOrganisation({ people: 60, repositories: 3, eventsPerRepository: 300 }));
    server = await startFakeServer(demoElections());
    desktop = await startDesktop(browser);
    ({ page } = desktop);
    await signIn(desktop, server);
    await page.evaluate(() => (window.location.hash = '#/elections/steering---term-4/roll'));
  });
  afterAll(async () => {
    await stopDesktop(desktop);
    await Promise.all([server.close(), forge.close(), browser.close()]);
    rmSync(base, { recursive: true, force: true });
  });

  const chooseFolder = async (): Promise<void> => {
    await desktop.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, folder);
    await page.getByRole('button', { name: /^Choose .*folder/ }).click();
  };
  const rules = (atLeast: string): string =>
    `api: ${forge.url}\nwindow: { from: 2025-07-01, until: 2026-06-30 }\nwho:\n  name: Contributors\n  contributions: { repositories: [acme/*], kinds: [commits, reviews], at_least: ${atLeast} }\n`;
  const built = () => page.getByRole('region', { name: 'The roll that was built' });

  it('is told what is missing or wrong in the folder', async () => {
    await chooseFolder();
    await page.getByText('There is no roll.yaml in this folder.').waitFor();
    writeFileSync(join(folder, 'roll.yaml'), rules('many'));
    await chooseFolder();
    await page.getByText('"at_least" cannot be used ("many"): a number is expected.').waitFor();
  });

  it('gives a token for the address that the rules name, which is kept only when it is taken', async () => {
    writeFileSync(join(folder, 'roll.yaml'), rules('8'));
    await chooseFolder();
    await page.getByLabel(`Token for ${forge.url}`).fill('wrong-token');
    await page.getByRole('button', { name: 'Build the roll' }).click();
    await page.getByText('does not accept the token').waitFor();
    expect(readFileSync(join(desktop.userData, 'tokens.json'), 'utf8')).not.toContain('forge ');
    await page.getByLabel(`Token for ${forge.url}`).fill('secret-token');
    await page.getByRole('button', { name: 'Build the roll' }).click();
    await built()
      .getByText(/^\d+ people may vote\.$/)
      .waitFor();
    await page.getByText('in this computer’s keyring').waitFor();
    const kept = readFileSync(join(desktop.userData, 'tokens.json'), 'utf8');
    expect(kept).toContain(`"forge ${forge.url}"`);
    expect(kept).not.toContain('secret-token');
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    expect(shown).not.toContain('secret-token');
    expect(existsSync(join(folder, 'voters.yaml'))).toBe(false);
  });

  it('writes it when the officer says so, and a second build asks nobody again and finds nothing new', async () => {
    await built().getByRole('button', { name: 'Write voters.yaml' }).click();
    await page.getByText('Written into the folder').waitFor();
    const voters = readFileSync(join(folder, 'voters.yaml'), 'utf8');
    const evidence = readFileSync(join(folder, 'roll-evidence.csv'), 'utf8');
    expect(voters.match(/^ {2}- /gm)?.length).toBeGreaterThan(5);
    expect(evidence).toContain(',yes,Contributors,');
    const asked = forge.asked.length;
    await page.getByRole('button', { name: 'Build the roll' }).click();
    await page.getByText('The voters.yaml in the folder says the same.').waitFor();
    expect(forge.asked).toHaveLength(asked);
    // Somebody adds a line by hand: the next build says who goes.
    writeFileSync(join(folder, 'voters.yaml'), `${voters}  - byhand\n`);
    await page.getByRole('button', { name: 'Build the roll' }).click();
    await built().getByRole('heading', { name: 'Removed since (1)' }).waitFor();
    await built().getByText('byhand').waitFor();
    for (const [name, width, theme] of [
      ['roll-built-small', 360, 'light'],
      ['roll-built', 1280, 'light'],
      ['roll-built-dark', 1280, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
      await keepPicture(page, `console/${name}`);
    }
  });

  it('stops, and the token can be forgotten', async () => {
    forge.faults = { tooFast: 1 };
    await page.getByRole('button', { name: 'Ask for everything anew' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('What was read is kept').waitFor();
    forge.faults = {};
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByLabel(`Token for ${forge.url}`).waitFor();
    await expect
      .poll(() => readFileSync(join(desktop.userData, 'tokens.json'), 'utf8'))
      .not.toContain('forge ');
  });
});
