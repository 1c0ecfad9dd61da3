/** The desktop app on the double, as a test meets it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DoubleApp } from '../double/launch.ts';
import type { Machine } from '../double/main-side/state.ts';
import { buildApp } from './build-app.ts';
import type { FakeServer } from './fake-server.ts';

export interface Desktop {
  readonly app: DoubleApp;
  readonly page: Page;
  readonly userData: string;
}

export function newUserData(): string {
  return mkdtempSync(join(tmpdir(), 'elekto-console-user-'));
}

export async function startDesktop(
  browser: Browser,
  machine: Partial<Machine> = {},
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Desktop> {
  const userData = machine.userData ?? newUserData();
  const app = await DoubleApp.launch({
    main: buildApp(),
    browser,
    env,
    args,
    machine: { packaged: true, safeStorage: 'gnome_libsecret', ...machine, userData },
  });
  return { app, page: await app.firstWindow(), userData };
}

export async function stopDesktop({ app, userData }: Desktop): Promise<void> {
  await app.close();
  rmSync(userData, { recursive: true, force: true });
}

/** Adds the server, presses the button, does in "the browser" what the officer does, waits for home. */
export async function signIn(
  { app, page }: Desktop,
  server: Pick<FakeServer, 'url' | 'browse'>,
): Promise<void> {
  await page.getByLabel(/server/).fill(server.url);
  await page.getByRole('button', { name: 'Add server' }).click();
  await page.getByRole('button', { name: /^Sign in to/ }).click();
  await server.browse(await openedPage(app));
  await page.getByRole('heading', { name: 'My elections' }).waitFor();
}

/** The newest page that the app opened in the system's browser. */
export async function openedPage(app: DoubleApp): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const opened = await app.evaluate(({ shell }) => shell.opened.splice(0) as string[]);
    const last = opened.at(-1);
    if (last !== undefined) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The app opened nothing in the browser.');
}
