/** The backups that a server makes by itself: when, what they tell, and what is left after a restore. */
import { newIdentity, openSealed, readKeyFiles, unpackKeys, writeKeyFiles } from '@elekto/backup';
import { createBallotBox, openKeysFor } from '@elekto/ballot-box';
import { signIn, startDatabase } from '@elekto/db';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

const HOUR = 3_600_000;
const PEOPLE = ['olga', 'vera', 'victor', 'valentin', 'wanda'];
let database: { identity: string; recipient: string };
let keys: { identity: string; recipient: string };
const running: Running[] = [];

beforeAll(async () => {
  [database, keys] = [await newIdentity(), await newIdentity()];
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

interface Place extends Running {
  readonly backups: string;
  readonly keysBackup: string;
}

async function start(env: NodeJS.ProcessEnv = {}): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-backups-'));
  const backups = join(dir, 'database');
  const one = await run({
    meta: writeMeta({ steering: { officers: ['olga'], voters: PEOPLE } }),
    people: PEOPLE,
    database: 'sqlite',
    env: {
      ELEKTO_BACKUP_DIR: backups,
      ELEKTO_BACKUP_RECIPIENT: database.recipient,
      ELEKTO_BACKUP_EVERY: '6',
      ELEKTO_BACKUP_KEEP: '3',
      ELEKTO_BACKUP_KEYS_DIR: join(dir, 'keys'),
      ELEKTO_BACKUP_KEYS_RECIPIENT: keys.recipient,
      ELEKTO_METRICS: 'on',
      ...env,
    },
  });
  running.push(one);
  await one.server.backUp();
  return Object.assign(one, { backups, keysBackup: join(dir, 'keys/elekto.keys.age') });
}

async function opened(file: string, identity: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of openSealed(file, { identities: [identity] })) parts.push(part);
  return Buffer.concat(parts);
}

const newest = (dir: string): string => join(dir, readdirSync(dir).sort().at(-1) ?? '');

describe('a server that makes backups by itself', () => {
  it('makes one in each slot of the clock, keeps so many, and tells their age', async () => {
    const place = await start();
    expect(readdirSync(place.backups)).toEqual(['elekto-20260303T120000Z.db.age']);
    await place.server.backUp();
    for (const hours of [1, 5, 6, 6, 6]) {
      place.clock.advance(hours * HOUR);
      await place.server.backUp();
    }
    expect(readdirSync(place.backups)).toEqual(
      ['04T060000Z', '04T120000Z', '03T180000Z', '04T000000Z']
        .sort()
        .slice(1)
        .map((time) => `elekto-202603${time}.db.age`),
    );
    const metrics = await (await fetch(`${place.url}/metrics`)).text();
    expect(metrics).toContain(
      `elekto_backup_timestamp_seconds ${Date.parse('2026-03-04T12:00:00Z') / 1000}\n`,
    );
    expect(metrics).toContain(`elekto_backup_interval_seconds ${6 * 3600}\n`);
    expect(metrics).toContain('elekto_backup_failing 0\n');
    const status = (await (await fetch(`${place.url}/status`)).json()) as object;
    expect(status).toMatchObject({ backup: { at: Date.parse('2026-03-04T12:00:00Z'), failing: false } });
  });

  it('says once that it cannot, goes on serving, and once that it can again', async () => {
    const place = await start();
    rmSync(place.backups, { recursive: true });
    writeFileSync(place.backups, 'a file in the way');
    for (let i = 0; i < 3; i += 1) await place.server.backUp();
    const ready = (await (await fetch(`${place.url}/readyz`)).json()) as object;
    expect(ready).toMatchObject({ status: 'ready', degraded: ['backup-fails'] });
    expect(await (await fetch(`${place.url}/metrics`)).text()).toContain('elekto_backup_failing 1\n');
    rmSync(place.backups);
    await place.server.backUp();
    expect(existsSync(join(place.backups, 'elekto-20260303T120000Z.db.age'))).toBe(true);
    expect([...place.log().matchAll(/a backup could not be made/g)]).toHaveLength(1);
    expect([...place.log().matchAll(/backups are made again/g)]).toHaveLength(1);
  });

  it('backs up the keys anew when an election has been counted, so that what was destroyed is in no backup', async () => {
    const place = await start();
    const names = async (): Promise<string[]> =>
      [...unpackKeys(await opened(place.keysBackup, keys.identity)).files.keys()]
        .map((name) => name.replace(/.*\./, ''))
        .sort();
    expect(await names()).toEqual(['box', 'key', 'key', 'link']);
    const before = statSync(place.keysBackup);
    await vote(await place.signedIn('vera'), 'steering', { ada: 1 });
    await place.server.backUp();
    expect(statSync(place.keysBackup)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    place.clock.set(Date.parse('2027-01-01'));
    await place.server.tick();
    await place.server.backUp();
    expect(await names()).not.toContain('box');
    expect(readdirSync(join(place.keysBackup, '..'))).toEqual(['elekto.keys.age']);
  });

  it('does not write over the backup of keys that are gone, and goes on when they are back', async () => {
    const place = await start();
    const { secretsDir } = place.server.config;
    const [box = ''] = readdirSync(join(secretsDir, 'elections')).filter((name) => name.endsWith('.box'));
    const file = join(secretsDir, 'elections', box);
    const bytes = readFileSync(file);
    const before = readFileSync(place.keysBackup);
    rmSync(file);
    for (let i = 0; i < 2; i += 1) await place.server.backUp();
    expect(readFileSync(place.keysBackup).equals(before)).toBe(true);
    expect(place.log()).toContain('the keys of steering are not in the secrets directory');
    const { files } = unpackKeys(await opened(place.keysBackup, keys.identity));
    expect(files.get(`elections/${box}`)?.equals(bytes), 'the backup brings them back').toBe(true);
    writeFileSync(file, bytes, { mode: 0o400 });
    await place.server.backUp();
    expect(readFileSync(place.keysBackup).equals(before)).toBe(false);
    expect([...place.log().matchAll(/backups are made again/g)]).toHaveLength(1);
  });

  it('removes at a start the plain copy that a killed server has left', async () => {
    const place = await start();
    const left = join(place.dataDir, 'backup.partial');
    await place.restart(() => writeFileSync(left, 'plain'));
    expect(existsSync(left)).toBe(false);
  });

  it('ends what is under way when it is told to stop, and leaves no plain copy', async () => {
    const place = await start();
    place.clock.advance(6 * HOUR);
    void place.server.backUp();
    await place.server.close();
    expect(readdirSync(place.dataDir).filter((name) => name.includes('backup'))).toEqual([]);
  });
});

describe('what backups tell', () => {
  it('somebody who sees them and cannot open them: nothing of votes, in no name, date, size or number', async () => {
    const [quiet, busy] = [await start(), await start()];
    for (const login of ['vera', 'victor', 'valentin', 'wanda'])
      await vote(await busy.signedIn(login), 'steering', { ada: 1 });
    const seen = async (place: Place): Promise<object[]> => {
      for (let i = 0; i < 2; i += 1) {
        place.clock.advance(6 * HOUR);
        await place.server.backUp();
      }
      return [...readdirSync(place.backups).map((name) => join(place.backups, name)), place.keysBackup].map(
        (file) => {
          const { size, mtimeMs, mode } = statSync(file);
          return {
            name: file.replace(/.*\//, ''),
            size,
            mode,
            mtime: file.endsWith('.keys.age') ? 0 : mtimeMs,
          };
        },
      );
    };
    expect(await seen(busy)).toEqual(await seen(quiet));
  });

  it('who opens two of them: who took part between them, and a wholly new box of the same size, nothing else', async () => {
    const place = await start();
    await vote(await place.signedIn('vera'), 'steering', { ada: 1 });
    place.clock.advance(6 * HOUR);
    await place.server.backUp();
    for (const login of ['victor', 'valentin', 'wanda'])
      await vote(await place.signedIn(login), 'steering', { ada: 1 });
    place.clock.advance(6 * HOUR);
    await place.server.backUp();
    const [, one, two] = await Promise.all(
      readdirSync(place.backups)
        .sort()
        .map(async (name) => tablesIn(await opened(join(place.backups, name), database.identity))),
    );
    const changed = Object.keys(two ?? {}).filter(
      (table) => JSON.stringify(one?.[table]) !== JSON.stringify(two?.[table]),
    );
    // Accounts and sessions are of who signed in; a checkpoint is sealed each minute, if anybody voted or not since a vote.
    expect(
      changed.filter(
        (table) =>
          !['participation', 'ballot_box', 'user_account', 'session', 'roll_binding', 'checkpoint'].includes(
            table,
          ),
      ),
    ).toEqual([]);
    expect([one?.['participation']?.length, two?.['participation']?.length]).toEqual([1, 4]);
    const sizes = (rows: Row[] | undefined): number[] =>
      (rows ?? []).map(({ sealed }) => (sealed as Uint8Array).length);
    expect(sizes(two?.['ballot_box'])).toEqual(sizes(one?.['ballot_box']));
    // Of the rows of one who took part, all but who it was is without order and time.
    const columns = Object.keys(two?.['participation']?.[0] ?? {}).sort();
    expect(columns).toEqual(
      ['auth_tag', 'election', 'kdf', 'mac', 'salt', 'sealed_seed', 'user'].filter((name) =>
        columns.includes(name),
      ),
    );
  });
});

it('is restored, the database by one person and the keys by another, and counts every ballot', async () => {
  const place = await start();
  for (const login of ['vera', 'victor', 'wanda'])
    await vote(await place.signedIn(login), 'steering', login === 'wanda' ? { bob: 1 } : { ada: 1 });
  place.clock.advance(6 * HOUR);
  await place.server.backUp();
  const dir = mkdtempSync(join(tmpdir(), 'elekto-restored-'));
  writeFileSync(join(dir, 'elekto.db'), await opened(newest(place.backups), database.identity));
  writeKeyFiles(join(dir, 'keys'), unpackKeys(await opened(place.keysBackup, keys.identity)).files);
  expect([...readKeyFiles(join(dir, 'keys'))]).toEqual([...readKeyFiles(place.server.config.secretsDir)]);
  let pepper = new Uint8Array();
  const db = await startDatabase({ url: `sqlite:${join(dir, 'elekto.db')}`, pepper: () => pepper });
  const opening = await openKeysFor(db, join(dir, 'keys'));
  pepper = new Uint8Array(opening.sessionPepper);
  const election = place.server.snapshot()?.elections.get('steering')?.election;
  if (!election) throw new Error('the election is not there');
  const box = createBallotBox({ db, keys: opening, now: () => Promise.resolve(election.closesAt + 1000) });
  expect([await box.close(election), await box.finalise(election)]).toMatchObject([
    { ok: true },
    { ok: true },
  ]);
  const officer = await signIn(db, { account: '1000', login: 'olga' });
  expect(await box.outcome(election, officer)).toMatchObject({
    ok: true,
    value: { cast: 3 },
  });
  await db.close();
});

type Row = Readonly<Record<string, unknown>>;

/** Every table of a SQLite database, its rows in an order of their own. */
function tablesIn(bytes: Buffer): Record<string, Row[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'elekto-opened-')), 'x.db');
  writeFileSync(file, bytes);
  const db = new DatabaseSync(file, { readOnly: true });
  expect(db.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const names = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
  const all = Object.fromEntries(
    names.map(({ name }) => [name, db.prepare(`select * from "${name}"`).all() as Row[]]),
  );
  db.close();
  return all;
}

it('without a public key is refused before anything is made, as is one key for both', async () => {
  const { readConfig } = await import('../src/config/config.ts');
  const env = {
    ELEKTO_META: writeMeta({ steering: {} }),
    ELEKTO_DEMO_SIGN_IN: 'http://127.0.0.1:1',
    ELEKTO_BACKUP_DIR: '/tmp/elekto-b',
  };
  expect(() => readConfig(env)).toThrow(/ELEKTO_BACKUP_RECIPIENT is not set: .*--new-identity/);
  const same = { ELEKTO_BACKUP_RECIPIENT: keys.recipient, ELEKTO_BACKUP_KEYS_RECIPIENT: keys.recipient };
  expect(() => readConfig({ ...env, ...same, ELEKTO_BACKUP_KEYS_DIR: '/tmp/elekto-k' })).toThrow(
    /give them to two people/,
  );
  const { recipient } = database;
  const together = {
    ELEKTO_BACKUP_RECIPIENT: recipient,
    ELEKTO_BACKUP_KEYS_RECIPIENT: keys.recipient,
    ELEKTO_BACKUP_KEYS_DIR: '/tmp/elekto-b/keys',
  };
  expect(() => readConfig({ ...env, ...together })).toThrow(
    /ELEKTO_BACKUP_KEYS_DIR lies in the place of ELEKTO_BACKUP_DIR/,
  );
  expect(() => readConfig({ ...env, ELEKTO_BACKUP_RECIPIENT: recipient, ELEKTO_BACKUP_EVERY: '0' })).toThrow(
    /nearer backups would tell when somebody votes/,
  );
});
