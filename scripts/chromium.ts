/** The browser for the browser tests: the machine's own, else installed by the means the machine has. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { aptInstall, attempt, canInstall } from './apt.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function find(): string | null {
  const named = process.env['ELEKTO_CHROMIUM'];
  if (named && existsSync(named)) return named;
  for (const dir of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of NAMES) if (dir && existsSync(join(dir, name))) return join(dir, name);
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : null;
}

/**
 * Whether the machine has the letters that the pages ask for (packages/ui/src/tokens.css), as wide as those of a phone. What it
 * has instead may be a quarter wider, and the tests ask what stands on the first screen.
 */
const hasFont = (): boolean =>
  spawnSync('fc-match', ['-f', '%{family}', FONT], { encoding: 'utf8' }).stdout === FONT;

const FONT = 'Liberation Sans';
const FONTS = ['fonts-liberation', 'fonts-dejavu-core'];

/**
 * Path of a Chromium; installs one when there is none (Debian's as root, else Playwright's), and the fonts of the pages where that
 * is possible. Throws when there is no browser after that.
 */
export function ensureChromium(): string {
  const present = find();
  if (present) {
    if (canInstall() && !hasFont()) aptInstall(['fontconfig', ...FONTS]);
    return present;
  }
  if (canInstall()) aptInstall(['chromium', 'fontconfig', ...FONTS]);
  else
    attempt(process.execPath, [
      join(import.meta.dirname, '../node_modules/playwright-core/cli.js'),
      'install',
      'chromium',
    ]);
  const installed = find();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium and it could not be installed. Install it (Debian: apt-get install chromium) or name it in ELEKTO_CHROMIUM.',
  );
}
