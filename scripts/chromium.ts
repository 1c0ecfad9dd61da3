/** The browser for the browser tests: the machine's own, else installed by the means the machine has. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function find(): string | null {
  const named = process.env['ELEKTO_CHROMIUM'];
  if (named && existsSync(named)) return named;
  for (const dir of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of NAMES) if (dir && existsSync(join(dir, name))) return join(dir, name);
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : null;
}

/** Ms that fetching may take: where nothing can be fetched, a test run is told so and does not wait for it. */
const PATIENCE = 300_000;
const APT = [
  '-qq',
  '-o',
  'Acquire::Retries=1',
  '-o',
  'Acquire::http::Timeout=15',
  '-o',
  'Acquire::https::Timeout=15',
];
const WANTED = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];

function attempt(command: string, args: readonly string[], limited = true): void {
  process.stdout.write(`> ${command} ${args.join(' ')}\n`);
  spawnSync(command, args, {
    ...(limited && { timeout: PATIENCE, killSignal: 'SIGTERM' as const }),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Path of a Chromium; installs one when there is none (Debian's as root, else Playwright's). Throws when that fails. */
export function ensureChromium(): string {
  const present = find();
  if (present) return present;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    attempt('apt-get', [...APT, 'update']);
    attempt('apt-get', [...APT, ...WANTED, '--download-only']);
    // What is there is unpacked to its end: a package that is half installed is in everybody's way.
    attempt('apt-get', [...APT, ...WANTED, '--no-download'], false);
  } else {
    attempt(process.execPath, [
      join(import.meta.dirname, '../node_modules/playwright-core/cli.js'),
      'install',
      'chromium',
    ]);
  }
  const installed = find();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium and it could not be installed. Install it (Debian: apt-get install chromium) or name it in ELEKTO_CHROMIUM.',
  );
}
