/** Where honest people and an insider meet: one database for many runs, and fresh keys for each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSession, findSession, migrate, signIn, sql, startDatabase, tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import { createBallotBox, openKeysFor } from '@elekto/ballot-box';
import type { BallotBox, KeyStore, Person } from '@elekto/ballot-box';
import { memoryPlace } from '@elekto/testing/memory-place';
import { freshPostgres } from '@elekto/testing/postgres';
import { TABLES } from '../rows.ts';
import { migrated, OPENS } from '../support.ts';
import type { DialectName, SuiteNumber } from '../support.ts';
import { TEST_KDF } from '../test-kdf.ts';

/** Somebody with an account and, once signed in, a session. */
export interface Actor {
  readonly login: string;
  readonly account: string;
  token: string | null;
}

/** One run's server, database and clock. */
export interface Scene {
  readonly db: Database;
  readonly dir: string;
  readonly clock: { now: number };
  readonly suite: SuiteNumber;
  keys: KeyStore;
  box: BallotBox;
}

export interface Stage {
  readonly db: Database;
  /** An empty database that has just met new keys. */
  begin(suite: SuiteNumber): Promise<Scene>;
  end(): Promise<void>;
}

export async function openStage(dialect: DialectName): Promise<Stage> {
  const postgres = dialect === 'postgresql' ? await freshPostgres(migrated) : null;
  let scene: Scene | null = null;
  const db = await startDatabase({
    url: postgres?.url ?? 'sqlite::memory:',
    pepper: () => scene?.keys.sessionPepper ?? new Uint8Array(),
    poolSize: 4,
  });
  await migrate(db);
  const leave = (): void => {
    if (scene !== null) rmSync(scene.dir, { recursive: true, force: true });
    scene = null;
  };
  return {
    db,
    async begin(suite) {
      leave();
      await clear(db);
      const dir = mkdtempSync(join(memoryPlace(), 'elekto-insider-'));
      const clock = { now: OPENS + 1000 };
      const keys = await openKeysFor(db, join(dir, 'secrets'));
      scene = { db, dir, clock, suite, keys, box: boxOf(db, keys, clock) };
      return scene;
    },
    async end() {
      leave();
      await db.close();
      await postgres?.drop();
    },
  };
}

const boxOf = (db: Database, keys: KeyStore, clock: Scene['clock']): BallotBox =>
  createBallotBox({
    db,
    keys,
    kdf: TEST_KDF,
    now: () => Promise.resolve(clock.now),
  });

const clear = (db: Database): Promise<void> =>
  freely(db, async (run) => {
    for (const table of TABLES) await run(sql`delete from ${sql.table(table)}`);
  });

/** Runs statements of somebody whom no foreign key holds up. */
export async function freely(
  db: Database,
  work: (run: (statement: ReturnType<typeof sql>) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const sqlite = db.dialect === 'sqlite';
  if (sqlite) await db.read((em) => sql`pragma foreign_keys = off`.execute(tables(em)));
  try {
    await db.transaction(async (em) => {
      const run = (statement: ReturnType<typeof sql>) => statement.execute(tables(em));
      if (db.dialect === 'postgresql') await run(sql`set local session_replication_role = replica`);
      if (db.dialect !== 'mariadb') return work(run);
      // Of the session, which others have afterwards.
      await run(sql`set session foreign_key_checks = 0`);
      try {
        return await work(run);
      } finally {
        await run(sql`set session foreign_key_checks = 1`);
      }
    });
  } finally {
    if (sqlite) await db.read((em) => sql`pragma foreign_keys = on`.execute(tables(em)));
  }
}

/** The server of this scene ends, and another starts on the same database and secrets directory. */
export async function startAgain(scene: Scene, secrets = 'secrets'): Promise<void> {
  const keys = await openKeysFor(scene.db, join(scene.dir, secrets));
  scene.keys = keys;
  scene.box = boxOf(scene.db, keys, scene.clock);
}

/** As each request does it: who the session says it is; signed in first where there is none. */
export async function enter({ db, clock }: Scene, actor: Actor): Promise<Person> {
  const now = clock.now;
  const found = actor.token === null ? null : await findSession(db, actor.token, { now });
  if (found !== null) return { userId: found.userId, account: found.account, login: found.login };
  const person = await signIn(db, actor);
  actor.token = (await createSession(db, person, { now })).token;
  return person;
}
