/** What the pages are made of is put together for every change: it must not grow with the elections that are long over. */
import type { BallotBox } from '@elekto/ballot-box';
import { NO_SITE } from '@elekto/election';
import { expect, it } from 'vitest';

import { CLOSES, makeElection } from '../../../packages/ballot-box/tests/support.ts';
import { readConfig } from '../src/config/config.ts';
import { siteData } from '../src/site/site-snapshot.ts';

it('asks no box about an election of the past that was held elsewhere', async () => {
  const box = new Proxy({} as BallotBox, {
    get: (_, name) => () => {
      throw new Error(`the box was asked: ${String(name)}`);
    },
  });
  const election = makeElection(3);
  const snapshot = {
    commit: 'c'.repeat(40),
    elections: new Map([[election.key, { election, diagnostics: [], staleSince: null }]]),
    resultsKeys: [],
    site: NO_SITE,
  };
  const { config } = readConfig({
    ELEKTO_URL: 'https://vote.example.org',
    ELEKTO_NAME: 'Faces',
    ELEKTO_META: import.meta.dirname,
    ELEKTO_ELECTIONS_DIR: '.',
    ELEKTO_SIGN_IN_CLIENT_ID: 'app',
    ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret of the app',
  });
  const data = await siteData(
    { snapshot, troubles: { of: () => null } } as unknown as Parameters<typeof siteData>[0],
    { config, box, standings: new Map(), now: CLOSES + 1000 },
  );
  expect(data.elections).toMatchObject([
    {
      key: election.key,
      stage: 'held-elsewhere',
      box: { state: 'none' },
      drift: [],
      publishedAt: null,
      state: null,
      cast: null,
    },
  ]);
});
