/** What the pages are made of is put together for every change: it must not grow with the elections that are long over. */
import { linksBefore, type BallotBox } from '@elekto/ballot-box';
import { NO_SITE, type Election } from '@elekto/election';
import { expect, it } from 'vitest';

import { CLOSES, makeElection, OPENS } from '../../../packages/ballot-box/tests/support.ts';
import { readConfig } from '../src/config/config.ts';
import { siteData } from '../src/site/site-snapshot.ts';

const { config } = readConfig({
  ELEKTO_URL: 'https://vote.example.org',
  ELEKTO_NAME: 'Faces',
  ELEKTO_META: import.meta.dirname,
  ELEKTO_ELECTIONS_DIR: '.',
  ELEKTO_SIGN_IN_CLIENT_ID: 'app',
  ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret of the app',
});

/** What the pages are made of, at a moment; `asked` is told the name of whatever is asked of the box. */
function dataAt(election: Election, now: number, asked: (name: string) => unknown) {
  const box = new Proxy({} as BallotBox, { get: (_, name) => () => asked(String(name)) });
  const snapshot = {
    commit: 'c'.repeat(40),
    elections: new Map([[election.key, { election, diagnostics: [], staleSince: null }]]),
    resultsKeys: [],
    site: NO_SITE,
  };
  return siteData({ snapshot, troubles: { of: () => null } } as unknown as Parameters<typeof siteData>[0], {
    config,
    box,
    standings: new Map(),
    now,
  });
}

it('asks no box about an election of the past that was held elsewhere', async () => {
  const election = makeElection(3);
  const data = await dataAt(election, CLOSES + 1000, (name) => {
    throw new Error(`the box was asked: ${name}`);
  });
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

it('asks no box about an election to come: its files say until when links will lead to ballots', async () => {
  const election = makeElection(3);
  const { elections } = await dataAt(election, OPENS - 1000, (name) => {
    throw new Error(`the box was asked: ${name}`);
  });
  expect(elections).toMatchObject([{ stage: 'upcoming', links: linksBefore(election) }]);
});
