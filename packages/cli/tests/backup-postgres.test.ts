/** `elekto backup` and `elekto restore` with PostgreSQL's own server and tools of one version, as on a machine of an operator. */
import { copyDatabase, newIdentity, restorePostgres } from '@elekto/backup';
import { createBallotBox, openKeysFor } from '@elekto/ballot-box';
import { startOwnPostgres, type OwnPostgres } from '@elekto/testing/own-postgres';
import { migrate, signIn, startDatabase, type Database } from '@elekto/db';
import { readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { castFor, elekto, folder, makeElection, must } from './support.ts';

let postgres: OwnPostgres | null = null;
let url = '';

beforeAll(async () => {
  postgres = await startOwnPostgres();
  postgres?.query("create role elekto login superuser password 'hidden-word'");
  url = `postgresql://elekto:hidden-word@127.0.0.1:${postgres?.port}`;
});
afterAll(() => postgres?.stop());

async function installation(database: string, secrets: string) {
  let pepper = new Uint8Array();
  const db: Database = await startDatabase({ url: `${url}/${database}`, pepper: () => pepper });
  await migrate(db);
  const keys = await openKeysFor(db, secrets);
  pepper = new Uint8Array(keys.sessionPepper);
  const clock = { now: 1500 };
  return { db, clock, box: createBallotBox({ db, keys, now: () => Promise.resolve(clock.now) }) };
}

it('is backed up while the server runs and brought back whole into an empty database, plain and encrypted', async (context) => {
  if (postgres === null)
    return context.skip('PostgreSQL is not installed here (Debian: apt-get install postgresql)');
  const { bin } = postgres;
  const place = folder();
  for (const name of ['live', 'one', 'two']) postgres.query(`create database ${name}`);
  const election = makeElection(['voter-0', 'voter-1']);
  const secrets = join(place, 'keys');
  const live = await installation('live', secrets);
  must(await live.box.ensureOpened(election, { commit: 'c1', fetchedFrom: 1 }));
  for (const i of [0, 1]) {
    const person = await signIn(live.db, { account: String(100 + i), login: `voter-${i}` });
    await castFor(live.box, election, person, { grace: 1, mary: 2, ada: 3 });
  }
  const env = (database: string): Record<string, string> => ({
    ELEKTO_DATABASE_URL: `${url}/${database}`,
    ELEKTO_SECRETS_DIR: secrets,
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
  });
  const { identity, recipient } = await newIdentity();
  writeFileSync(join(place, 'identity'), identity);
  vi.stubEnv('PATH', env('live')['PATH']);
  const a = join(place, 'a.dump');
  await copyDatabase(`${url}/live`, a);
  const sealed = await elekto(['backup', '--recipient', recipient, join(place, 'b/')], env('live'));
  expect(sealed).toMatchObject({ status: 0, err: '' });
  await live.db.close();
  const b = join(place, 'b', readdirSync(join(place, 'b'))[0] ?? '');
  expect(b).toMatch(/Z\.dump\.age$/);

  await expect(restorePostgres(`${url}/live`, a)).rejects.toThrow(
    'the database is not empty, and nothing in it is overwritten',
  );
  await restorePostgres(`${url}/one`, a);
  vi.unstubAllEnvs();
  const opened = await elekto(['restore', b, '--identity-file', join(place, 'identity')], env('two'));
  expect(opened).toMatchObject({ status: 0, err: '' });
  const back = await installation('two', secrets);
  back.clock.now = election.closesAt + 1;
  must(await back.box.close(election));
  must(await back.box.finalise(election));
  const officer = await signIn(back.db, { account: '1', login: 'officer' });
  expect(must(await back.box.outcome(election, officer)).cast).toBe(2);
  await back.db.close();
});

it('says what is missing, and never the password', async () => {
  const place = folder();
  vi.stubEnv('PATH', place);
  const url = 'postgresql://elekto:hidden-word@127.0.0.1:9/elekto';
  const said = await copyDatabase(url, join(place, 'x.dump')).catch((error: Error) => error.message);
  vi.unstubAllEnvs();
  expect(said).toBe(
    "pg_dump is not here: install the client of PostgreSQL, of the server's version or newer",
  );
  expect(readdirSync(place)).toEqual([]);
});
