import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createBallotBox, openKeys } from '@elekto/ballot-box';
import { migrate, signIn, startDatabase, tables } from '@elekto/db';
import type { MetaSnapshot } from '@elekto/metarepo';
import { openMetaRepo } from '@elekto/metarepo';
import { freshPostgres } from '@elekto/testing/postgres';
import { describe, expect, it } from 'vitest';

import { openReader } from '../src/import-elekto/readers.ts';
import { makeOldPostgres, makeOldSqlite, NO_OPINION, TOKEN } from './old-elekto.ts';
import type { OldContents } from './old-elekto.ts';
import { elekto, folder, must } from './support.ts';

const DAY = 86_400_000;
const at = (days: number): string =>
  new Date(Date.now() + days * DAY).toISOString().slice(0, 19).replace('T', ' ');

/** A meta repository: one election over, one running, one to come. */
function writeMeta(): string {
  const dir = folder();
  const dates = { past: [-30, -20], now: [-1, 5], next: [10, 20] } as const;
  for (const [name, [from, to]] of Object.entries(dates)) {
    const target = join(dir, 'elections/steering', name);
    mkdirSync(target, { recursive: true });
    writeFileSync(
      join(target, 'election.yaml'),
      `name: Steering ${name}\norganization: Example\nstart_datetime: ${at(from)}\nend_datetime: ${at(to)}\nno_winners: 1\n` +
        'election_officers:\n  - olga\n',
    );
    writeFileSync(
      join(target, 'voters.yaml'),
      'eligible_voters:\n  - Vera\n  - victor\n  - wanda\n  - xenia\n',
    );
    for (const id of ['ada', 'bob', 'cy']) {
      writeFileSync(
        join(target, `candidate-${id}.md`),
        `---------\nname: ${id}\nID: ${id}\n---------\n\nHello.\n`,
      );
    }
  }
  return dir;
}

const CONTENTS: OldContents = {
  users: ['vera', 'victor', 'wanda', 'xenia', 'yan', 'zoe'],
  elections: {
    'steering---past': [
      [
        'vera',
        [
          ['ada', 1],
          ['bob', 2],
          ['cy', NO_OPINION],
        ],
      ],
      [
        'victor',
        [
          ['ada', 1],
          ['bob', 3],
          ['cy', 2],
        ],
      ],
      [
        'wanda',
        [
          ['bob', 1],
          ['ada', -5],
          ['cy', 400],
        ],
      ],
      // What the old form took: a candidate twice, and one who does not stand.
      [
        'xenia',
        [
          ['bob', 1],
          ['cy', 1],
          ['cy', 2],
          ['mallory', 1],
        ],
      ],
    ],
    'steering---next': [],
    'gone---2019': [['vera', [['ada', 1]]]],
  },
  requests: [
    { key: 'steering---next', login: 'yan', reviewed: false },
    { key: 'steering---next', login: 'vera', reviewed: true },
    { key: 'steering---next', login: 'zoe', reviewed: true },
    { key: 'gone---2019', login: 'yan', reviewed: false },
  ],
};

async function snapshotOf(meta: string): Promise<MetaSnapshot> {
  const repo = await openMetaRepo({ source: meta, electionsDir: 'elections', cacheDir: folder() });
  const snapshot = await repo.sync();
  await repo.close();
  return snapshot;
}

const places = (meta: string) => {
  const dir = folder();
  return { dir, env: { ELEKTO_DATA_DIR: join(dir, 'data'), ELEKTO_META: meta } };
};

describe.each(['sqlite', 'postgresql'] as const)('an older Elekto on %s', (kind) => {
  const make = async (contents: OldContents) => {
    if (kind === 'sqlite')
      return { url: await makeOldSqlite(join(folder(), 'old.db'), contents), drop: async () => undefined };
    const { url, drop } = await freshPostgres();
    return { url: await makeOldPostgres(url, contents), drop };
  };

  it('is reported on first, and nothing is written', async () => {
    const old = await make(CONTENTS);
    const { dir, env } = places(writeMeta());
    const ran = await elekto(['import-elekto', old.url], env);
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toContain('schema 2, 6 users and 3 elections');
    expect(ran.out).toMatch(/steering---past +result and who voted \(ended\); 4 voters, 4 ballots/);
    expect(ran.out).toContain('1 times a ballot ranks a candidate more than once');
    expect(ran.out).toContain('ranks for mallory, who do not stand, are left out');
    expect(ran.out).toMatch(/gone---2019 +LEFT OUT \(not in the meta repository/);
    expect(ran.out).toContain('Nothing was written.');
    expect(existsSync(join(dir, 'data'))).toBe(false);
    await old.drop();
  });

  it('is taken over: results, who voted and requests, but no token and no order', async () => {
    const old = await make(CONTENTS);
    const meta = writeMeta();
    const { dir, env } = places(meta);
    const ran = await elekto(['import-elekto', old.url, '--apply'], env);
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toContain('steering---past: imported, finalised');
    expect(ran.out).toContain('steering---next: 3 exception requests imported');
    const again = await elekto(['import-elekto', old.url, '--apply'], env);
    expect(again.out).toContain('steering---past: is here already and stays as it is');
    expect(again.out).not.toContain('requests imported');
    await old.drop();

    const { elections } = await snapshotOf(meta);
    const past = elections.get('steering---past')?.election;
    const next = elections.get('steering---next')?.election;
    if (!past || !next) throw new Error('the meta repository was not read');
    const keys = openKeys(join(dir, 'data-secrets'));
    const db = await startDatabase({
      url: `sqlite:${join(dir, 'data/elekto.db')}`,
      pepper: keys.sessionPepper,
    });
    const box = createBallotBox({ db, keys });
    const olga = await signIn(db, { account: '99', login: 'olga' }, CLAIMS);
    const { outcome, cast, manifest } = must(await box.outcome(past, olga));
    expect(cast).toBe(4);
    expect(manifest.receipts).toBe('none');
    // ada > bob 2, bob > ada 0 beside wanda's -5 before 1: ada 3; xenia has no opinion on ada and cy.
    expect(outcome.pairwise['ada']?.['bob']).toBe(3);
    expect(outcome.pairwise['bob']?.['cy']).toBe(1);
    expect(outcome.places[0]?.candidates).toEqual(['ada']);
    expect(
      must(await box.ballotsCsv(past, olga))
        .trim()
        .split('\n'),
    ).toHaveLength(5);

    // Whoever signs in first with the login is the old account, by id from then on.
    const vera = await signIn(db, { account: '7', login: 'Vera' }, CLAIMS);
    expect(await box.allVotedKeys(vera)).toEqual(['steering---past']);
    const renamed = await signIn(db, { account: '7', login: 'vera-new' }, CLAIMS);
    expect(renamed.userId).toBe(vera.userId);
    const squatter = await signIn(db, { account: '8', login: 'vera' }, CLAIMS);
    expect(await box.allVotedKeys(squatter)).toEqual([]);

    const requests = must(await box.listExceptions(next, olga));
    expect(Object.fromEntries(requests.map(({ login, status }) => [login, status]))).toEqual({
      vera: 'approved',
      yan: 'open',
      zoe: 'declined',
    });
    expect(requests[0]).toMatchObject({
      requestedAt: Date.UTC(2024, 0, 2, 3, 4, 5),
      reason: 'I have contributed.\n\nChat: @chat',
    });
    expect(await box.recordProblem()).toBe(null);
    await db.close();
    expect(readFileSync(join(dir, 'data/elekto.db')).includes(TOKEN)).toBe(false);
  });

  it('is not taken for a database of ours, and left as it is', async () => {
    const old = await make(CONTENTS);
    const { dir, env } = places(writeMeta());
    const told = /cannot be used: it is one of the older Elekto: name a new, empty one, .*import-elekto/;
    const migrated = await elekto(['migrate'], { ...env, ELEKTO_DATABASE_URL: old.url });
    expect(migrated).toMatchObject({ status: 1, err: expect.stringMatching(told) as string });
    const served = await elekto(['serve'], {
      ...env,
      ...{ PORT: '0', ELEKTO_DATABASE_URL: old.url },
      ...{ ELEKTO_SIGN_IN_CLIENT_ID: 'id', ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret' },
    });
    expect(served).toMatchObject({ status: 1, err: expect.stringMatching(told) as string });
    const reader = await openReader(old.url);
    expect(await reader.has('mikro_orm_migrations')).toBe(false);
    expect(existsSync(join(dir, 'data'))).toBe(false);
    await reader.close();
    await old.drop();
  });

  it('with a running election that has votes is not taken over at all', async () => {
    const old = await make({
      ...CONTENTS,
      elections: { ...CONTENTS.elections, 'steering---now': [['vera', [['ada', 1]]]] },
    });
    const { dir, env } = places(writeMeta());
    const ran = await elekto(['import-elekto', old.url, '--apply'], env);
    expect(ran.status).toBe(1);
    expect(ran.err).toContain('people have voted in steering---now, which has not ended');
    expect(existsSync(join(dir, 'data'))).toBe(false);
    await old.drop();
  });
});

/** As the server does where people sign in with GitHub. */
const CLAIMS = { claims: true };

describe('the ballots taken over', () => {
  it('stand in no order that tells of the old one', async () => {
    const logins = Array.from({ length: 60 }, (_, i) => `v${i}`);
    const old = await makeOldSqlite(join(folder(), 'old.db'), {
      users: logins,
      elections: {
        'steering---past': logins.map(
          (login, i) =>
            [
              login,
              [
                ['ada', i < 30 ? 1 : 2],
                ['bob', i < 30 ? 2 : 1],
              ],
            ] as const,
        ),
      },
      requests: [],
    });
    const meta = writeMeta();
    const { dir, env } = places(meta);
    await elekto(['import-elekto', old, '--apply'], env);
    const keys = openKeys(join(dir, 'data-secrets'));
    const db = await startDatabase({
      url: `sqlite:${join(dir, 'data/elekto.db')}`,
      pepper: keys.sessionPepper,
    });
    const box = createBallotBox({ db, keys });
    const past = (await snapshotOf(meta)).elections.get('steering---past')?.election;
    if (!past) throw new Error('the meta repository was not read');
    const olga = await signIn(db, { account: '99', login: 'olga' }, CLAIMS);
    const rows = must(await box.ballotsCsv(past, olga))
      .trim()
      .split('\n')
      .slice(1);
    // 30 first choices for ada would all come first; by chance that happens once in 10^17.
    expect(new Set(rows.slice(0, 30)).size).toBe(2);
    await db.close();
  });
});

describe('what an import refuses', () => {
  it('names what it cannot read', async () => {
    const { env } = places(writeMeta());
    const notOld = join(folder(), 'other.db');
    const db = await startDatabase({ url: `sqlite:${notOld}` });
    await migrate(db);
    await db.read((em) => tables(em).selectFrom('user_account').selectAll().execute());
    await db.close();
    expect((await elekto(['import-elekto', notOld], env)).err).toContain(
      'this is not a database of Elekto: it has no table',
    );
    expect((await elekto(['import-elekto', '/nowhere/x.db'], env)).err).toContain('cannot be opened');
    expect((await elekto(['import-elekto', 'mysql://u:hidden-word@h/d'], env)).err).not.toContain(
      'hidden-word',
    );
    const closed = await elekto(['import-elekto', 'postgresql://u:hidden-word@127.0.0.1:1/d'], env);
    expect(closed.err).toBe('the old database cannot be opened (ECONNREFUSED)\n');
  });
});
