/**
 * `npm run journey:browsers`: the main journey of a voter in Firefox ESR and in WebKitGTK, as Debian has them. Installs
 * them where it may. Which of them is left out, and why, is said, and is a failure. `-- firefox` or `-- webkit` for one.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, canInstall } from '../../../scripts/apt.ts';
import { OPEN_ELECTION, startDriftwood } from '../driftwood.ts';
import { openFirefox } from './firefox.ts';
import type { Hand } from './hand.ts';
import { vote } from './journey.ts';
import { openWebKit } from './webkit.ts';

interface Wanted {
  readonly name: string;
  readonly programs: readonly string[];
  readonly packages: readonly string[];
  readonly open: (...programs: string[]) => Promise<Hand>;
  readonly voter: string;
}
const BROWSERS: readonly Wanted[] = [
  {
    name: 'firefox',
    programs: ['firefox-esr'],
    packages: ['firefox-esr'],
    open: openFirefox,
    voter: 'adaeze-obi',
  },
  {
    name: 'webkit',
    programs: ['WebKitWebDriver', 'Xvfb'],
    packages: ['webkit2gtk-driver', 'xvfb'],
    open: openWebKit,
    voter: 'anneke-vos',
  },
];

const onPath = (name: string): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find((path) => existsSync(path)) ?? null;
const missing = () => asked.filter(({ programs }) => programs.some((name) => onPath(name) === null));

const names = process.argv.slice(2);
const asked = BROWSERS.filter(({ name }) => names.length === 0 || names.includes(name));
if (missing().length > 0 && canInstall()) aptInstall(missing().flatMap(({ packages }) => packages));

const org = await startDriftwood(asked.map(({ voter }) => voter));
try {
  for (const { name, programs, packages, open, voter } of asked) {
    const found = programs.map(onPath);
    if (found.includes(null)) {
      console.error(`${name}: not tried. It is not on this machine: apt-get install ${packages.join(' ')}`);
      process.exitCode = 1;
      continue;
    }
    const began = Date.now();
    const hand = await open(...found.filter((path) => path !== null));
    console.log(`${name}: ${hand.browser}`);
    try {
      await vote(hand, `${org.url}/elections/${OPEN_ELECTION}/ballot/`, voter, (what) =>
        console.log(`  ${what}`),
      );
      await hand.close();
      console.log(`  done in ${Math.round((Date.now() - began) / 1000)} s`);
    } catch (error) {
      console.error(`  FAILED: ${(error as Error).message}`);
      process.exitCode = 1;
      await hand.close().catch(() => undefined);
    }
  }
} finally {
  await org.stop();
}
