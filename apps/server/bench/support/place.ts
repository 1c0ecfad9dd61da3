/** What a benchmark runs on: a meta repository, the stand-in for GitHub, and a database, all on loopback. */
import { createPostgres, startFakeGitHub, type FakeGitHub } from '@elekto/testing';
import { createMariaDb } from '@elekto/testing/mariadb';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { electionFiles } from '../../tests/support/meta.ts';

export const DATABASES = ['SQLite', 'PostgreSQL', 'MariaDB'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

/** A database server of the benchmark's own. */
export interface DatabaseServer {
  url(database: string): string;
  /** Statements of a superuser. */
  query(database: string, statement: string): Promise<unknown>;
  /** `crash` is as by a power cut: nothing is flushed. */
  stop(how: 'fast' | 'crash'): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

export interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly logins: readonly string[];
  readonly key: string;
  readonly dir: string;
  readonly databaseUrl: string;
  readonly gitHub: FakeGitHub;
  /** Null with SQLite. */
  readonly database: DatabaseServer | null;
  close(): Promise<void>;
}

const CANDIDATES = Array.from({ length: 10 }, (_, i) => `candidate${i}`);
const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/**
 * One open election with ten candidates and `voters` voters. A database server writes as durably as in production, and to
 * `disk` where one is given.
 */
export async function makePlace(
  kind: DatabaseKind,
  voters: number,
  { closesIn = 24 * HOUR, disk }: { readonly closesIn?: number; readonly disk?: string } = {},
): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-bench-'));
  const logins = Array.from({ length: voters }, (_, i) => `voter-${i}`);
  const folder = join(dir, 'meta/elections/load');
  mkdirSync(folder, { recursive: true });
  const files = electionFiles({
    name: 'Load',
    opens: stamp(Date.now() - HOUR),
    closes: stamp(Date.now() + closesIn),
    candidates: CANDIDATES,
    voters: logins,
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const people = logins.map((login, i) => ({ id: 1000 + i, login, name: login, about: 'Votes.' }));
  const gitHub = await startFakeGitHub({ people });
  const database = await startServer(kind, disk);
  const databaseUrl = database?.url('elekto') ?? `sqlite:${join(dir, 'data/elekto.db')}`;
  return {
    logins,
    key: 'load',
    dir,
    databaseUrl,
    gitHub,
    database,
    env: {
      ELEKTO_META: join(dir, 'meta'),
      ELEKTO_META_POLL: '0',
      ELEKTO_DATA_DIR: join(dir, 'data'),
      ELEKTO_DATABASE_URL: databaseUrl,
      ELEKTO_DEMO_SIGN_IN: gitHub.url,
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
    },
    async close() {
      await gitHub.close();
      await database?.remove();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function startServer(kind: DatabaseKind, below?: string): Promise<DatabaseServer | null> {
  if (kind === 'SQLite') return null;
  const durable = { durable: true, below };
  if (kind === 'PostgreSQL') {
    const server = await createPostgres(durable);
    await server.createDatabase('elekto');
    return { ...server, stop: (how) => server.stop(how === 'crash' ? 'immediate' : 'fast') };
  }
  const server = await createMariaDb(durable);
  await server.createDatabase('elekto');
  return server;
}
