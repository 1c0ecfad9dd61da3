/** The browser for the browser tests: the machine's own, else installed by the means the machine has. */
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { findChromium, HEADLESS_SHELL, seekChromium } from '@elekto/testing/chromium';
import { aptInstall, attempt, canInstall } from './apt.ts';

/**
 * Whether the machine has the letters that the pages ask for (packages/ui/src/tokens.css), as wide as those of a phone. What it
 * has instead may be a quarter wider, and the tests ask what stands on the first screen.
 */
const hasFont = (): boolean =>
  spawnSync('fc-match', ['-f', '%{family}', FONT], { encoding: 'utf8' }).stdout === FONT;

const FONT = 'Liberation Sans';
const FONTS = ['fontconfig', 'fonts-liberation', 'fonts-dejavu-core'];

/** Whether there is a browser that starts fast, or one that somebody named. */
function hasBrowser(): boolean {
  const present = seekChromium();
  return (
    present !== null && (Boolean(process.env['ELEKTO_CHROMIUM']) || basename(present) === HEADLESS_SHELL)
  );
}

/**
 * Path of a Chromium; installs Debian's headless shell where that is possible and there is none, and the fonts of the pages. Where
 * it cannot be had, another Chromium will do, Playwright's if the machine has none. Throws when there is no browser after that.
 */
export function ensureChromium(): string {
  if (canInstall()) {
    if (!hasFont()) aptInstall(FONTS);
    if (!hasBrowser()) aptInstall([HEADLESS_SHELL]);
    if (seekChromium() === null) aptInstall(['chromium']);
  } else if (seekChromium() === null)
    attempt(process.execPath, [
      join(import.meta.dirname, '../node_modules/playwright-core/cli.js'),
      'install',
      'chromium',
    ]);
  return findChromium();
}
