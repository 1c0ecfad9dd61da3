/** The browser of the browser tests: what the machine has, never a download. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { KEEPS_PICTURES } from './pictures.ts';

/** Chromium without its own windows, as Debian has it: the same pages for half of the processor time. */
export const HEADLESS_SHELL = 'chromium-headless-shell';

const NAMES = [HEADLESS_SHELL, 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Nothing that a test does not ask for: no first-run pages, no updates, no sync, no calls home. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of a Chromium: `ELEKTO_CHROMIUM`, then the PATH, then Playwright's own; null when there is none. */
export function seekChromium(): string | null {
  const named = process.env['ELEKTO_CHROMIUM'];
  if (named !== undefined && existsSync(named)) return named;
  const dirs = (process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  for (const name of NAMES) for (const dir of dirs) if (existsSync(join(dir, name))) return join(dir, name);
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : null;
}

/**
 * As {@link seekChromium}.
 * @throws Error that says how to get one when there is none.
 */
export function findChromium(): string {
  const found = seekChromium();
  if (found !== null) return found;
  throw new Error(
    'The browser tests need Chromium and found none. Install it (Debian: apt-get install chromium-headless-shell) or name its path in ELEKTO_CHROMIUM.',
  );
}

/** What a page shows is waited for so long, ms: a busy machine makes it late, not wrong. */
const PATIENCE = 90_000;

/** Hardly any memory for drawn pages: they are laid out, styled, hit and told of frames as ever, but little of them is drawn. */
const UNDRAWN = '--force-gpu-mem-available-mb=1';

/**
 * A headless Chromium; the caller closes it. Drawing what nobody looks at would be a tenth of its processor time: who takes
 * pictures, or measures, says `draws`.
 */
export async function launchChromium({ draws = KEEPS_PICTURES } = {}): Promise<Browser> {
  const args = draws ? [...CHROMIUM_ARGS] : [...CHROMIUM_ARGS, UNDRAWN];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE));
  return browser;
}
