/** An older Elekto on MariaDB: what it counted is counted here, by the same rule, from the ballots that came over. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createBallotBox, openKeys } from '@elekto/ballot-box';
import { migrate, signIn, startDatabase } from '@elekto/db';
import { openMetaRepo } from '@elekto/metarepo';
import { count } from '@elekto/tally';
import { freshMariaDb, mariaDbs } from '@elekto/testing/mariadb';
import { expect, it } from 'vitest';

import { openOldDatabase } from '../src/import-elekto/old-database.ts';
import { makeOldMariaDb, NO_OPINION, TOKEN, type OldContents } from './old-elekto.ts';
import { elekto, folder, must } from './support.ts';

/** By seats and candidates. */
const SHAPES = { 'steering---2021': [2, 5], 'steering---2022': [1, 3], 'conduct---2023': [3, 7] } as const;
const VOTERS = Array.from({ length: 40 }, (_, i) => `Voter-${i}`);

/** Ties, gaps and no opinions, as real ballots have them; each shape has others. */
function ranksOf(voter: number, size: number): [string, number][] {
  return Array.from({ length: size }, (_, candidate): [string, number] => {
    const place = (voter * 7 + candidate * 5 + ((voter * candidate) % 3)) % (size + 2);
    return [`c${candidate}`, place > size ? NO_OPINION : place + 1];
  });
}

function writeMeta(): string {
  const dir = folder();
  for (const [key, [seats, size]] of Object.entries(SHAPES)) {
    const target = join(dir, 'elections', key.replace('---', '/'));
    mkdirSync(target, { recursive: true });
    const year = key.slice(-4);
    writeFileSync(
      join(target, 'election.yaml'),
      `name: ${key}\nstart_datetime: ${year}-01-01 00:00:00\nend_datetime: ${year}-02-01 00:00:00\nno_winners: ${seats}\nelection_officers:\n  - olga\n`,
    );
    writeFileSync(
      join(target, 'voters.yaml'),
      `eligible_voters:\n${VOTERS.map((v) => `  - ${v}\n`).join('')}`,
    );
    for (let i = 0; i < size; i += 1)
      writeFileSync(join(target, `candidate-c${i}.md`), `-----\nname: C ${i}\nID: c${i}\n-----\n`);
  }
  return dir;
}

it.skipIf(mariaDbs().length === 0)(
  'has every finished election counted as its ballots were, and nothing of tokens, passcodes or encrypted ids',
  async () => {
    const contents: OldContents = {
      users: VOTERS,
      elections: Object.fromEntries(
        Object.entries(SHAPES).map(([key, [, size]], e) => [
          key,
          VOTERS.slice(e).map((login, i) => [login, ranksOf(i, size)] as const),
        ]),
      ),
      requests: [{ key: 'steering---2022', login: 'Voter-3', reviewed: true }],
    };
    const [kind] = mariaDbs();
    const fresh = await freshMariaDb(kind);
    const source = await makeOldMariaDb(fresh.url, contents);
    const meta = writeMeta();
    const data = join(folder(), 'data');
    const env = { ELEKTO_DATA_DIR: data, ELEKTO_META: meta, ELEKTO_IMPORT_URL: source };
    const ran = await elekto(['import-elekto', '--apply'], env);
    const mistaken = await startDatabase({ url: source });
    await expect(migrate(mistaken)).rejects.toThrow(/one of the older Elekto/);
    await mistaken.close();
    await fresh.drop();
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toContain('schema 2, 40 users and 3 elections');

    const repo = await openMetaRepo({ source: meta, electionsDir: 'elections', cacheDir: folder() });
    const { elections } = await repo.sync();
    await repo.close();
    const keys = openKeys(`${data}-secrets`);
    const db = await startDatabase({ url: `sqlite:${data}/elekto.db`, pepper: keys.sessionPepper });
    const box = createBallotBox({ db, keys });
    const olga = await signIn(db, { account: '99', login: 'olga' });
    for (const [key, [seats, size]] of Object.entries(SHAPES)) {
      const election = elections.get(key)?.election;
      if (!election) throw new Error(`${key} was not read`);
      const ballots = (contents.elections[key] ?? []).map(([, ranks]) => ({
        ranks: ranks.map(([, rank]) => (rank === NO_OPINION ? null : rank)),
      }));
      const candidates = Array.from({ length: size }, (_, i) => `c${i}`);
      const expected = count({ candidates, ballots }, { seats });
      const { outcome, cast } = must(await box.outcome(election, olga));
      expect(cast, key).toBe(ballots.length);
      expect(outcome.pairwise, key).toEqual(expected.pairwise);
      expect(outcome.places, key).toEqual(expected.places);
    }
    const [request] = must(
      await box.listExceptions(elections.get('steering---2022')?.election as never, olga),
    );
    expect(request).toMatchObject({ status: 'approved', requestedAt: Date.UTC(2024, 0, 2, 3, 4, 5) });
    await db.close();
    expect(readFileSync(join(data, 'elekto.db')).includes(TOKEN)).toBe(false);
  },
);

it('says what is wrong with an address, and never the password in it', async () => {
  const said = (url: string): Promise<string> =>
    openOldDatabase(url).then(String, (error: Error) => error.message);
  expect(await said('mysql://u:hidden-word@127.0.0.1:1/d')).toBe(
    'the old database cannot be opened (ECONNREFUSED)',
  );
  expect(await said('mysql://u:hidden-word@h/')).toMatch(/^the old database cannot be opened: .*names no/);
  expect(await said('mysql+pymysql://u:hidden-word@h/d')).toBe(
    'the old database is none of sqlite:<path>, postgresql://..., mariadb://... or mysql://...',
  );
});
