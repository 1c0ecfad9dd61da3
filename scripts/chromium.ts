/** The browser for the browser tests: the machine's own, else installed by the means the machine has. */
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

/** Path of a Chromium; installs one when there is none (Debian's as root, else Playwright's). Throws when that fails. */
export function ensureChromium(): string {
  const present = find();
  if (present) return present;
  if (canInstall()) aptInstall(['chromium', 'fonts-dejavu-core']);
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
