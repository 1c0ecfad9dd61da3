/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Instant } from '@elekto/election';
import { serveSite } from '@elekto/site/preview';
import { CliError } from '../cli-error.ts';
import { PreviewPages } from '../preview/preview-pages.ts';
import { touchedCandidates } from './changes.ts';
import type { State } from './state-at.ts';

const run = promisify(execFile);

const MOST_PICTURES = 12;
const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/** Of what the machine has; pages come from this machine, and the browser asks nobody else. */
const ARGS = [
  '--headless=new',
  '--disable-gpu',
  '--hide-scrollbars',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--window-size=1000,1600',
  // As root it has no sandbox of its own; pages of strangers' texts run no script of theirs.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Pages that look otherwise after a change, by the name of their picture. */
export function pagesToPicture(before: State, after: State): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const [key, { election }] of after.elections) {
    if (election === null) continue;
    const old = before.elections.get(key)?.election ?? null;
    const people = touchedCandidates(old, election);
    if (people.length === 0 && JSON.stringify(shown(old)) === JSON.stringify(shown(election))) continue;
    pages.set(key, `/elections/${key}/`);
    for (const { id } of people) pages.set(`${key}---${id}`, `/elections/${key}/candidates/${id}/`);
  }
  return new Map([...pages].slice(0, MOST_PICTURES));
}

/** Without the roll, of which a page shows how long it is. */
function shown(election: object | null): object | null {
  return (
    election && {
      ...election,
      voters: null,
      votersText: null,
      evidenceText: null,
      planDone: null,
      candidates: null,
    }
  );
}

/**
 * Takes a picture of each page that a commit changes into a folder, as PNG; their names.
 * @throws CliError without a browser.
 */
export async function takePictures(
  pages: ReadonlyMap<string, string>,
  options: {
    readonly repository: string;
    readonly head: string;
    readonly electionsDir: string;
    readonly now: Instant;
    readonly folder: string;
  },
): Promise<readonly string[]> {
  if (pages.size === 0) return [];
  const browser = findBrowser(process.env);
  const { repository, head, electionsDir, now, folder } = options;
  const preview = new PreviewPages({ repository, branch: head, electionsDir, at: now });
  const home = await mkdtemp(join(tmpdir(), 'elekto-pictures-'));
  const taken: string[] = [];
  try {
    const site = await preview.current();
    const server = await serveSite(site);
    try {
      await mkdir(folder, { recursive: true });
      for (const [name, path] of pages) {
        const file = `${name.replace(/[^\w.-]+/g, '_')}.png`;
        const picture = resolve(folder, file);
        // Nothing of this environment: it may hold a token.
        const env = { PATH: process.env['PATH'] ?? '', HOME: home };
        const profile = `--user-data-dir=${join(home, 'profile')}`;
        const address = `${server.origin}${encodeURI(path)}`;
        await run(browser, [...ARGS, profile, `--screenshot=${picture}`, address], {
          env,
          timeout: 60_000,
        }).catch((error: Error) => {
          throw new CliError(`${browser} took no picture of ${path}: ${error.message.slice(0, 300)}`);
        });
        if (await stat(picture).catch(() => null)) taken.push(file);
      }
    } finally {
      await server.close();
    }
  } finally {
    await preview.remove();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
  return taken;
}

function findBrowser(env: NodeJS.ProcessEnv): string {
  const named = env['ELEKTO_CHROMIUM'];
  if (named && existsSync(named)) return named;
  for (const folder of (env['PATH'] ?? '').split(delimiter))
    for (const name of NAMES) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  throw new CliError('Pictures need Chromium or Chrome: install one, or name it in ELEKTO_CHROMIUM.');
}
