/** The server and its pages in time zones a day apart: the same phases, the same dates, the same bytes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { startFakeGitHub } from '@elekto/testing';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { writeMeta } from './support/meta.ts';
import { startProcess } from './support/process.ts';

const HOUR = 3_600_000;
/** As election.yaml writes an instant: without a zone. */
const written = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

it('shows the same, wherever the machine stands', async () => {
  const now = Date.now();
  // Each would be in another phase if the zone of the machine counted.
  const meta = writeMeta({
    ending: { name: 'Ending', opens: written(now - 48 * HOUR), closes: written(now + 5 * HOUR) },
    ended: { name: 'Ended', opens: written(now - 48 * HOUR), closes: written(now - 5 * HOUR) },
    starting: { name: 'Starting', opens: written(now + 5 * HOUR), closes: written(now + 48 * HOUR) },
  });
  const root = mkdtempSync(join(tmpdir(), 'elekto-zones-'));
  const gitHub = await startFakeGitHub({ people: [] });

  async function seenIn(zone: string): Promise<Record<string, string>> {
    const server = await startProcess({
      TZ: zone,
      // The same in each, as pages, feeds and calendars name it.
      ELEKTO_URL: 'http://localhost:4321',
      ELEKTO_META: meta,
      ELEKTO_DATA_DIR: join(root, zone.replace('/', '-')),
      ELEKTO_DEMO_SIGN_IN: gitHub.url,
      LOG_LEVEL: 'silent',
    });
    try {
      const seen: Record<string, string> = {};
      const pages = ['ending', 'ended', 'starting'].map((key) => `/elections/${key}/`);
      for (const path of [
        '/',
        '/de/',
        ...pages,
        ...pages.map((page) => `${page}calendar.ics`),
        '/feed.atom',
        '/elections.json',
      ]) {
        const response = await fetch(server.url + path);
        expect([path, response.status]).toEqual([path, 200]);
        seen[path] = (await response.text())
          // When the pages were built.
          .replaceAll(/(?<="generatedAt": ")[^"]+|(?<=DTSTAMP:)\S+/g, '');
      }
      return seen;
    } finally {
      await server.stop('SIGTERM');
    }
  }

  try {
    const utc = await seenIn('UTC');
    const { elections } = JSON.parse(utc['/elections.json'] ?? '') as {
      elections: { key: string; status: string }[];
    };
    expect(Object.fromEntries(elections.map(({ key, status }) => [key, status]))).toEqual({
      ending: 'open',
      ended: 'ended',
      starting: 'upcoming',
    });
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles'])
      expect(await seenIn(zone), zone).toEqual(utc);
  } finally {
    await gitHub.close();
    rmSync(root, { recursive: true, force: true });
    rmSync(meta, { recursive: true, force: true });
  }
});
