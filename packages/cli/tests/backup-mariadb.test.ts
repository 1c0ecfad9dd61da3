/** `elekto backup` and `elekto restore` with MariaDB's own tools. */
import { copyDatabase, newIdentity, restoreMariaDb } from '@elekto/backup';
import { createBallotBox, openKeysFor } from '@elekto/ballot-box';
import { migrate, putRow, signIn, startDatabase, tables, type Database } from '@elekto/db';
import { freshMariaDb, noMariaDbTools } from '@elekto/testing/mariadb';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

import { castFor, elekto, folder, makeElection, must } from './support.ts';

async function installation(url: string, secrets: string) {
  let pepper = new Uint8Array();
  const db: Database = await startDatabase({ url, pepper: () => pepper });
  await migrate(db);
  const keys = await openKeysFor(db, secrets);
  pepper = new Uint8Array(keys.sessionPepper);
  const clock = { now: 1500 };
  return { db, clock, box: createBallotBox({ db, keys, now: () => Promise.resolve(clock.now) }) };
}

it('is backed up while the server runs and brought back whole into an empty database, plain and encrypted', async (context) => {
  const missing = noMariaDbTools();
  if (missing !== null) return context.skip(missing);
  const [live, one, two] = await Promise.all([freshMariaDb(), freshMariaDb(), freshMariaDb()]);
  const place = folder();
  const secrets = join(place, 'keys');
  const election = makeElection(['voter-0', 'voter-1']);
  const server = await installation(live.url, secrets);
  must(await server.box.ensureOpened(election, { commit: 'c1', fetchedFrom: 1 }));
  for (const i of [0, 1]) {
    const person = await signIn(server.db, { account: String(100 + i), login: `voter-${i}` });
    await castFor(server.box, election, person, { grace: 1, mary: 2, ada: 3 });
  }
  // As many bytes as a file of a board may have, through the smallest packet that a server is started with.
  const file = randomBytes(12 * 1024 * 1024);
  await server.db.transaction((em) =>
    putRow(em, 'board_file', ['board', 'name'], { board: 'b', name: '00-box.bin', about: '', mac: '', file }),
  );
  const env = (url: string): Record<string, string> => ({
    ELEKTO_DATABASE_URL: url,
    ELEKTO_SECRETS_DIR: secrets,
  });
  const { identity, recipient } = await newIdentity();
  writeFileSync(join(place, 'identity'), identity);
  const a = join(place, 'a.sql');
  await copyDatabase(live.url, a);
  const sealed = await elekto(['backup', '--recipient', recipient, join(place, 'b/')], env(live.url));
  expect(sealed).toMatchObject({ status: 0, err: '' });
  await server.db.close();
  const b = join(place, 'b', readdirSync(join(place, 'b'))[0] ?? '');
  expect(b).toMatch(/Z\.sql\.age$/);
  const text = readFileSync(a, 'latin1');
  expect(text, 'what is counted for a minute').not.toMatch(/insert into `recent_use`/i);
  expect(text, 'when it was made').not.toMatch(/-- Dump completed on/);

  const restore = (url: string, contents = text): Promise<string> => {
    writeFileSync(a, contents, 'latin1');
    return restoreMariaDb(url, a).then(String, (error: Error) => error.message);
  };
  expect(await restore(live.url)).toBe('the database is not empty, and nothing in it is overwritten');
  expect(await restore(one.url, text.slice(0, text.length / 2))).toBe(
    'the file is cut off: it lacks the end of a dump',
  );
  const broken = text.replace(/insert into `participation`/i, 'insert into `nowhere`');
  expect(await restore(one.url, broken)).toBe('mariadb failed (1)');
  expect(await restore(one.url), 'nothing was left of it').toBe('undefined');
  const opened = await elekto(['restore', b, '--identity-file', join(place, 'identity')], env(two.url));
  expect(opened).toMatchObject({ status: 0, err: '' });
  const back = await installation(two.url, secrets);
  const [stored] = await back.db.read((em) => tables(em).selectFrom('board_file').select('file').execute());
  expect(file.equals(Buffer.from(stored?.file ?? []))).toBe(true);
  back.clock.now = election.closesAt + 1;
  must(await back.box.close(election));
  must(await back.box.finalise(election));
  const officer = await signIn(back.db, { account: '1', login: 'officer' });
  expect(must(await back.box.outcome(election, officer)).cast).toBe(2);
  await back.db.close();
  await Promise.all([live, one, two].map(({ drop }) => drop()));
});

it('says what is missing, and never the password', async () => {
  const place = folder();
  vi.stubEnv('PATH', place);
  const url = 'mariadb://elekto:hidden-word@127.0.0.1:9/elekto';
  const said = await copyDatabase(url, join(place, 'x.sql')).catch((error: Error) => error.message);
  vi.unstubAllEnvs();
  expect(said).toBe('mariadb-dump or mysqldump is not here: install the client of MariaDB or MySQL');
  expect(readdirSync(place)).toEqual([]);
});
