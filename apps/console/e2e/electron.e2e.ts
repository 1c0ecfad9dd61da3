/**
 * The app in Electron itself, where its binary is there: that the double tells the truth about what it
 * stands in for. Where the binary is missing this says so and runs nothing.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../tests/harness/build-app.ts';
import { startFakeServer, type FakeServer } from '../tests/harness/fake-server.ts';
import { demoElections } from '../tests/harness/fixtures.ts';

const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const pathFile = join(electron, 'path.txt');
const binary = existsSync(pathFile) ? join(electron, 'dist', readFileSync(pathFile, 'utf8').trim()) : null;
const available = binary !== null && existsSync(binary);
if (!available)
  console.warn(
    'NOTICE: Electron’s binary is not on this machine, so the app was not run in Electron itself, only on its double.',
  );

describe.runIf(available)('in Electron itself', () => {
  const userData = mkdtempSync(join(tmpdir(), 'elekto-electron-'));
  let server: FakeServer;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    server = await startFakeServer(demoElections());
    app = await _electron.launch({
      executablePath: binary ?? '',
      args: [buildApp(), `--user-data-dir=${userData}`, '--no-sandbox'],
    });
    page = await app.firstWindow();
    await page.getByRole('heading', { name: 'Run your elections from one place' }).waitFor();
  });
  afterAll(async () => {
    await app.close();
    await server.close();
    rmSync(userData, { recursive: true, force: true });
  });

  it('the window comes from the app scheme, isolated, with the bridge and nothing else', async () => {
    expect(page.url()).toBe('app://console/index.html');
    expect(
      await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window)),
    ).toEqual([]);
    expect(await page.evaluate(() => typeof window.elekto?.query)).toBe('function');
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
  });

  it('the policy holds', async () => {
    expect(
      await page.evaluate(() =>
        fetch('https://example.org/').then(
          () => 'answered',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
  });

  it('an officer signs in through the browser and sees the elections', async () => {
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url: string) => void opened.push(url);
    });
    await page.getByLabel(/server/).fill(server.url);
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('button', { name: /^Sign in to/ }).click();
    await expect
      .poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.length))
      .toBe(1);
    await server.browse(
      await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened[0] ?? ''),
    );
    await page.getByRole('heading', { name: 'My elections' }).waitFor();
    await page.getByText('● Live').waitFor();
  });

  it('a page cannot leave', async () => {
    await page.evaluate(() => {
      window.location.href = 'https://example.org/';
    });
    await page.waitForTimeout(300);
    expect(page.url()).toMatch(/^app:\/\/console\//);
  });
});
