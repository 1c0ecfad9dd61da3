import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { createBallotBox, openKeys } from '@elekto/ballot-box';
import { migrate, signIn, startDatabase, sql, tables } from '@elekto/db';
import { beforeEach, describe, expect, it } from 'vitest';

import { castFor, elekto, elektoHere, folder, makeElection, must } from './support.ts';

const VOTERS = Array.from({ length: 40 }, (_, i) => `voter-${i}`);
const PASSPHRASE = 'correct horse battery staple again';

/** A server's places with an open election; `vote(i)` casts. */
async function place(dir: string) {
  const clock = { now: 1500 };
  const db = await startDatabase({ url: `sqlite:${join(dir, 'data/elekto.db')}` });
  await migrate(db);
  const keys = openKeys(join(dir, 'keys'));
  const box = createBallotBox({ db, keys, now: () => Promise.resolve(clock.now) });
  const election = makeElection(VOTERS);
  const vote = async (i: number): Promise<void> => {
    const person = await signIn(db, { account: String(100 + i), login: `voter-${i}` });
    await castFor(
      box,
      election,
      person,
      i % 3 === 0 ? { ada: 1, grace: 2, mary: 3 } : { grace: 1, mary: 2, ada: 3 },
    );
  };
  return { clock, db, box, election, vote, env: environment(dir) };
}

const environment = (dir: string): Record<string, string> => ({
  ELEKTO_DATA_DIR: join(dir, 'data'),
  ELEKTO_SECRETS_DIR: join(dir, 'keys'),
});

/** Closes and counts in the places of `dir`; the number of ballots. */
async function countIn(dir: string): Promise<number> {
  const { clock, db, box, election } = await place(dir);
  clock.now = election.closesAt + 1;
  must(await box.close(election));
  must(await box.finalise(election));
  const officer = await signIn(db, { account: '1', login: 'officer' });
  const { cast, outcome } = must(await box.outcome(election, officer));
  expect(outcome.places[0]?.candidates).toEqual(['grace']);
  await db.close();
  return cast;
}

describe('a backup of the database', () => {
  it('made while ballots are cast holds whole ballots only, and they are counted after a restore', async () => {
    const dir = folder();
    const live = await place(dir);
    must(await live.box.ensureOpened(live.election, { commit: 'c1', fetchedFrom: 1 }));
    for (let i = 0; i < 6; i += 1) await live.vote(i);
    const writing = (async () => {
      for (let i = 6; i < 40; i += 1) await live.vote(i);
    })();
    // In a process of its own, as it is beside a server.
    const made = await elekto(['backup', join(dir, 'backups/')], live.env);
    await writing;
    expect(made).toMatchObject({ status: 0, err: '' });
    await live.db.close();

    const [file = ''] = readdirSync(join(dir, 'backups'));
    expect(file).toMatch(/^elekto-\d{8}T\d{6}Z\.db$/);
    expect(statSync(join(dir, 'backups', file)).mode & 0o077).toBe(0);
    const saved = Number(/(\d+) participations/.exec(made.out)?.[1]);
    expect(saved).toBeGreaterThanOrEqual(6);

    const other = folder();
    const env = { ...environment(other), ELEKTO_SECRETS_DIR: join(dir, 'keys') };
    const restored = await elektoHere(['restore', join(dir, 'backups', file)], env);
    expect(restored).toMatchObject({ status: 0, err: '' });
    expect(restored.out).toContain(`${saved} participations`);
    expect(restored.out).not.toContain('keys of');

    // The keys are copied by hand: what is tested here is the database.
    const archive = await elektoHere(['backup', '--keys', join(other, 'k.keys')], {
      ...env,
      ELEKTO_BACKUP_PASSPHRASE: PASSPHRASE,
    });
    expect(archive.status).toBe(0);
    const back = await elektoHere(['restore', join(other, 'k.keys')], {
      ...environment(other),
      ELEKTO_BACKUP_PASSPHRASE: PASSPHRASE,
    });
    expect(back).toMatchObject({ status: 0, err: '' });
    expect(await countIn(other)).toBe(saved);
  });

  it('holds nothing of a ballot that a later write replaced or of deleted rows', async () => {
    const dir = folder();
    const { db, env } = await place(dir);
    await db.transaction(async (em) => {
      await tables(em)
        .insertInto('user_account')
        .values({ id: 'x', account: '1', login: 'CANARY-LOGIN-9241', mac: '' })
        .execute();
    });
    await db.transaction((em) => tables(em).deleteFrom('user_account').execute());
    await elektoHere(['backup', join(dir, 'b.db')], env);
    expect(readFileSync(join(dir, 'b.db')).includes('CANARY-LOGIN-9241')).toBe(false);
    await db.close();
  });

  it('overwrites nothing and says when there is nothing to back up', async () => {
    const dir = folder();
    const missing = await elektoHere(['backup', join(dir, 'b.db')], environment(dir));
    expect(missing).toMatchObject({
      status: 1,
      err: expect.stringContaining('there is no database at') as string,
    });
    writeFileSync(join(dir, 'b.db'), 'mine');
    const { db, env } = await place(dir);
    expect(await elektoHere(['backup', join(dir, 'b.db')], env)).toMatchObject({
      status: 1,
      err: `${join(dir, 'b.db')} exists and is not overwritten\n`,
    });
    await db.close();
  });
});

describe('backups that two people open', () => {
  it('are restored with the identity of each, and every ballot is counted', async () => {
    const dir = folder();
    const live = await place(dir);
    must(await live.box.ensureOpened(live.election, { commit: 'c1', fetchedFrom: 1 }));
    for (let i = 0; i < 5; i += 1) await live.vote(i);
    const recipients: string[] = [];
    for (const name of ['database', 'keys']) {
      const made = await elektoHere(['backup', '--new-identity', join(dir, `${name}.identity`)]);
      expect(statSync(join(dir, `${name}.identity`)).mode & 0o077).toBe(0);
      recipients.push(made.out.trim());
    }
    const [database = '', keys = ''] = recipients;
    await elektoHere(['backup', '--recipient', database, join(dir, 'a/')], live.env);
    await elektoHere(['backup', '--keys', '--recipient', keys, join(dir, 'b/')], live.env);
    await live.db.close();
    const [a, b] = ['a', 'b'].map((name) => join(dir, name, readdirSync(join(dir, name))[0] ?? ''));
    expect(a).toMatch(/elekto-\d{8}T\d{6}Z\.db\.age$/);
    expect(b).toMatch(/elekto-\d{8}T\d{6}Z\.keys\.age$/);

    const other = folder();
    const env = environment(other);
    const wrong = await elektoHere(['restore', a ?? '', '--identity-file', join(dir, 'keys.identity')], env);
    expect(wrong).toMatchObject({ status: 1, err: `${a} does not open: the identity is another one\n` });
    const without = await elektoHere(['restore', a ?? ''], env);
    expect(without.err).toContain('is encrypted to a public key: name the file with its identity');
    const one = await elektoHere(
      ['restore', a ?? '', '--identity-file', join(dir, 'database.identity')],
      env,
    );
    expect(one).toMatchObject({ status: 0, err: '' });
    expect(one.out).toContain('1 elections, 5 participations');
    const two = await elektoHere(['restore', b ?? '', '--identity-file', join(dir, 'keys.identity')], env);
    expect(two).toMatchObject({ status: 0, err: '' });
    expect(await countIn(other)).toBe(5);
  });

  it('are made to public keys only', async () => {
    const dir = folder();
    const { db, env } = await place(dir);
    const ran = await elektoHere(['backup', '--recipient', 'age1nobody', join(dir, 'a/')], env);
    expect(ran).toMatchObject({ status: 1, err: 'age1nobody is not a public key of age (age1...)\n' });
    await db.close();
  });
});

describe('a restore', () => {
  let dir: string;
  let backup: string;
  beforeEach(async () => {
    dir = folder();
    const { db, box, election, env } = await place(dir);
    must(await box.ensureOpened(election, { commit: 'c1', fetchedFrom: 1 }));
    await db.close();
    backup = join(dir, 'b.db');
    await elektoHere(['backup', backup], env);
  });

  it('overwrites neither a database nor what is left of one', async () => {
    expect((await elektoHere(['restore', backup], environment(dir))).err).toContain(
      'exists and is not overwritten',
    );
    const other = folder();
    mkdirSync(join(other, 'data'));
    writeFileSync(join(other, 'data/elekto.db-wal'), '');
    expect((await elektoHere(['restore', backup], environment(other))).err).toContain('elekto.db-wal exists');
  });

  it('refuses what is no database of this version', async () => {
    const other = environment(folder());
    const bytes = readFileSync(backup);
    writeFileSync(join(dir, 'cut.db'), bytes.subarray(0, bytes.length / 2));
    expect((await elektoHere(['restore', join(dir, 'cut.db')], other)).err).toMatch(/damaged|cannot be read/);
    writeFileSync(join(dir, 'text.db'), 'hello');
    expect((await elektoHere(['restore', join(dir, 'text.db')], other)).err).toContain(
      'neither a database nor',
    );

    copyFileSync(backup, join(dir, 'newer.db'));
    const newer = await startDatabase({ url: `sqlite:${join(dir, 'newer.db')}` });
    await newer.transaction((em) =>
      sql`insert into mikro_orm_migrations (name) values ('0999-of-the-future')`.execute(tables(em)),
    );
    await newer.close();
    expect((await elektoHere(['restore', join(dir, 'newer.db')], other)).err).toContain(
      'made by a newer version of Elekto',
    );
    expect(existsSync(join(other['ELEKTO_DATA_DIR'] ?? '', 'elekto.db'))).toBe(false);
  });

  it('names the elections whose keys are missing', async () => {
    const ran = await elektoHere(['restore', backup], environment(folder()));
    expect(ran.status).toBe(0);
    expect(ran.out).toContain('The keys of steering---2026 are not in');
  });
});

describe('a backup of the keys', () => {
  let dir: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    dir = folder();
    const live = await place(dir);
    must(await live.box.ensureOpened(live.election, { commit: 'c1', fetchedFrom: 1 }));
    await live.db.close();
    env = { ...live.env, ELEKTO_BACKUP_PASSPHRASE: PASSPHRASE };
  });

  it('is encrypted, and opens with its passphrase only', async () => {
    const file = join(dir, 'away/k.age');
    expect(await elektoHere(['backup', '--keys', file], env)).toMatchObject({ status: 0, err: '' });
    const bytes = readFileSync(file);
    expect(statSync(file).mode & 0o077).toBe(0);
    const master = readFileSync(join(dir, 'keys/master.key'));
    expect(bytes.includes(master) || bytes.includes(master.toString('base64'))).toBe(false);

    const other = environment(folder());
    const wrong = await elektoHere(['restore', file], {
      ...other,
      ELEKTO_BACKUP_PASSPHRASE: 'another passphrase',
    });
    expect(wrong).toMatchObject({ status: 1, err: expect.stringContaining('does not open') as string });
    expect(existsSync(other['ELEKTO_SECRETS_DIR'] ?? '')).toBe(false);

    writeFileSync(join(dir, 'passphrase'), `${PASSPHRASE}\n`);
    const right = await elektoHere(['restore', file, '--passphrase-file', join(dir, 'passphrase')], other);
    expect(right).toMatchObject({ status: 0, err: '' });
    const there = other['ELEKTO_SECRETS_DIR'] ?? '';
    expect(readFileSync(join(there, 'master.key'))).toEqual(master);
    expect(statSync(there).mode & 0o777).toBe(0o700);
    expect(statSync(join(there, 'master.key')).mode & 0o777).toBe(0o400);
    expect(readdirSync(join(there, 'elections'))).toEqual(readdirSync(join(dir, 'keys/elections')));

    const again = await elektoHere(['restore', file], { ...other, ELEKTO_BACKUP_PASSPHRASE: PASSPHRASE });
    expect(again.err).toContain('is not empty and nothing in it is overwritten');
  });

  it('that was altered anywhere does not open', async () => {
    const file = join(dir, 'away/k.age');
    await elektoHere(['backup', '--keys', file], env);
    const whole = readFileSync(file);
    for (const at of [whole.indexOf('scrypt') + 9, whole.length - 40, whole.length - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(dir, 'bent.keys'), bytes);
      const ran = await elektoHere(['restore', join(dir, 'bent.keys')], {
        ...environment(folder()),
        ELEKTO_BACKUP_PASSPHRASE: PASSPHRASE,
      });
      expect(ran.status).toBe(1);
      expect(ran.err).toMatch(/does not open/);
    }
  });

  it('never shares a directory with a database, in either order', async () => {
    mkdirSync(join(dir, 'a'));
    await elektoHere(['backup', join(dir, 'a/b.db')], env);
    const keys = await elektoHere(['backup', '--keys', join(dir, 'a/k.keys')], env);
    expect(keys).toMatchObject({
      status: 1,
      err: expect.stringContaining('holds a database (b.db)') as string,
    });
    await elektoHere(['backup', '--keys', join(dir, 'c/k.keys')], env);
    const database = await elektoHere(['backup', join(dir, 'c/')], env);
    expect(database).toMatchObject({
      status: 1,
      err: expect.stringContaining('holds a backup of the keys') as string,
    });
    expect(readdirSync(join(dir, 'c'))).toEqual(['k.keys']);
  });

  it('asks for a passphrase worth the name', async () => {
    const file = join(dir, 'away/k.age');
    expect(
      (await elektoHere(['backup', '--keys', file], { ...env, ELEKTO_BACKUP_PASSPHRASE: 'short' })).err,
    ).toContain('too short');
    const { ELEKTO_BACKUP_PASSPHRASE: _, ...without } = env;
    expect((await elektoHere(['backup', '--keys', file], without)).err).toContain('--passphrase-file');
    expect(existsSync(file)).toBe(false);
    rmSync(dir, { recursive: true });
  });
});

describe('back to the version before (docs/operators-upgrade.md)', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/operators-upgrade.md'), 'utf8');
  /** The steps of the block of one machine under this heading. */
  const stepsOf = (heading: string): string[] =>
    (/```sh\n([\s\S]*?)```/.exec(guide.slice(guide.indexOf(`\n## ${heading}`)))?.[1] ?? '')
      .replaceAll('\n', ' ')
      .split('&&')
      .map((step) => step.trim());

  /** What a newer version would leave: a migration that this one does not know, and its table. */
  const upgradeIn = async (dir: string): Promise<void> => {
    const db = await startDatabase({ url: `sqlite:${join(dir, 'data/elekto.db')}` });
    await db.transaction(async (em) => {
      await sql`create table of_the_future (id integer)`.execute(tables(em));
      await sql`insert into mikro_orm_migrations (name) values ('0999-of-the-future')`.execute(tables(em));
    });
    await db.close();
  };

  it.each([
    ['without a ballot in between the box goes on as it was', 0],
    ['with ballots in between the box says so, and goes on once it is accepted', 2],
  ])('%s', async (_name, lost) => {
    const dir = folder();
    const here = (text: string): string =>
      text.replaceAll('/var/lib/elekto', join(dir, 'data')).replaceAll('/var/backups', join(dir, 'backups'));
    const before = await place(dir);
    const open = { commit: 'c1', fetchedFrom: 1 };
    must(await before.box.ensureOpened(before.election, open));
    for (let i = 0; i < 4; i += 1) await before.vote(i);
    await before.db.close();

    const backup = here(
      stepsOf('One machine, no containers').find((step) => step.startsWith('elekto backup')) ?? '',
    );
    expect(await elektoHere(backup.split(' ').slice(1), before.env)).toMatchObject({ status: 0, err: '' });
    const [name = ''] = readdirSync(join(dir, 'backups/elekto'));

    const after = await place(dir);
    for (let i = 4; i < 4 + lost; i += 1) await after.vote(i);
    await after.db.close();
    await upgradeIn(dir);
    const refused = await elektoHere(['migrate'], before.env);
    expect(refused).toMatchObject({
      status: 1,
      err: expect.stringContaining('restore a backup from before') as string,
    });

    for (const step of stepsOf('Back to the version before')) {
      const [command = '', ...args] = here(step).replace('<backup>', name).split(' ');
      if (command === 'mkdir' || command === 'mv')
        execFileSync('/bin/sh', ['-c', [command, ...args].join(' ')]);
      else if (args[0] === 'restore')
        expect(await elektoHere(args, before.env)).toMatchObject({ status: 0, err: '' });
      else expect(['systemctl', 'cd', 'git', 'npm', 'elekto', 'curl']).toContain(command);
    }
    expect(await elektoHere(['migrate'], before.env)).toMatchObject({
      status: 0,
      out: expect.stringContaining('up to date') as string,
    });
    const again = await place(dir);
    if (lost > 0) {
      await expect(again.vote(4)).rejects.toThrow(/restored from a backup/);
      expect(await elektoHere(['election', 'accept-restore'], before.env)).toMatchObject({ status: 0 });
    }
    for (let i = 4; i < 6; i += 1) await again.vote(i);
    await again.db.close();
    expect(await countIn(dir)).toBe(6);
  });
});
