/** The example organisation on the real server with the real site, a stand-in for GitHub and a clock of the test's. */
import { fakeClock, startFakeGitHub } from '@elekto/testing';
import { memoryPlace } from '@elekto/testing/memory-place';
import { createLog, startServer } from '@elekto/server';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const EXAMPLE = fileURLToPath(new URL('../../examples/driftwood', import.meta.url));

/** While the fourth steering committee is being elected. */
export const WHILE_OPEN = '2026-06-04T12:00:00Z';
export const AFTER_CLOSE = '2026-06-09T00:00:05Z';
export const OPEN_ELECTION = 'steering---term-4';

export interface Driftwood {
  readonly url: string;
  /**
   * Lets the clock pass the end, counts, and publishes what the officer signed in on `page` is given, as
   * the officer would by a pull request. Resolves when the site shows it.
   */
  closeAndPublish(at: string, page: Page): Promise<void>;
  /** Writes files of the open election's folder (null removes one), as a merge would, and has the server follow. */
  merge(files: Readonly<Record<string, string | null>>): Promise<void>;
  /** Lets the clock stand at a later moment, and what is due then happen. */
  later(at: string): Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

/** Starts it; `people` can sign in. Resolves when the site is served. */
export async function startDriftwood(
  people: readonly string[],
  extra: NodeJS.ProcessEnv = {},
  /** What else is done to the copy of the example before the server starts. */
  prepare: (meta: string) => Promise<void> = () => Promise.resolve(),
): Promise<Driftwood> {
  const base = mkdtempSync(join(memoryPlace(), 'elekto-site-e2e-'));
  const meta = join(base, 'meta');
  cpSync(EXAMPLE, meta, { recursive: true });
  await prepare(meta);
  const clock = fakeClock(WHILE_OPEN);
  const gitHub = await startFakeGitHub({
    people: people.map((login, i) => ({ id: 4000 + i, login, name: login, about: '' })),
  });
  const lines: string[] = [];
  const server = await startServer(
    {
      PORT: '0',
      ELEKTO_META: meta,
      ELEKTO_ELECTIONS_DIR: 'elections',
      ELEKTO_META_POLL: '0',
      ELEKTO_DATA_DIR: join(base, 'data'),
      ELEKTO_DEMO_SIGN_IN: gitHub.url,
      ...extra,
    },
    { clock: () => clock.now(), log: createLog('info', { write: (line) => void lines.push(line) }) },
  );
  const served = async (path: string) => {
    for (let i = 0; i < 700; i++) {
      const answer = await fetch(`${server.url}${path}`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${path} did not come up:\n${lines.join('')}`);
  };
  await served(`/elections/${OPEN_ELECTION}/ballot/`);
  return {
    url: server.url,
    async closeAndPublish(at, page) {
      const input = encodeURIComponent(JSON.stringify({ key: OPEN_ELECTION }));
      // An office is taken by a sign-in of the same day: before the clock jumps.
      await page.evaluate((url) => fetch(url), `/trpc/officer.exceptions?input=${input}`);
      clock.set(Date.parse(at));
      await server.tick();
      for (const [procedure, file] of [
        ['officer.ballotsCsv', 'ballots.csv'],
        ['officer.resultsJson', 'results.json'],
      ]) {
        const answer = await page.evaluate(
          (url) => fetch(url).then((r) => r.json() as Promise<{ result: { data: string } }>),
          `/trpc/${procedure}?input=${input}`,
        );
        writeFileSync(join(meta, 'elections/steering/term-4', file ?? ''), answer.result.data);
      }
      await server.sync();
      await served(`/elections/${OPEN_ELECTION}/results.json`);
    },
    async merge(files) {
      for (const [name, text] of Object.entries(files)) {
        const path = join(meta, 'elections/steering/term-4', name);
        if (text === null) rmSync(path);
        else writeFileSync(path, text);
      }
      await server.sync();
    },
    async later(at) {
      clock.set(Date.parse(at));
      await server.tick();
    },
    log: () => lines.join(''),
    async stop() {
      await server.close();
      await gitHub.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
