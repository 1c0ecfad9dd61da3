/** What a benchmark runs on: a meta repository, the stand-in for GitHub, and a database, all on loopback. */
import { createPostgres, startFakeGitHub, type FakeGitHub, type PostgresCluster } from '@elekto/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { electionFiles } from '../../tests/support/meta.ts';

export type DatabaseKind = 'SQLite' | 'PostgreSQL';

export interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly logins: readonly string[];
  readonly key: string;
  readonly dir: string;
  readonly databaseUrl: string;
  readonly gitHub: FakeGitHub;
  /** The database's server; null with SQLite. */
  readonly postgres: PostgresCluster | null;
  close(): Promise<void>;
}

const CANDIDATES = Array.from({ length: 10 }, (_, i) => `candidate${i}`);
const HOUR = 3_600_000;
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** One open election with ten candidates and `voters` voters. PostgreSQL writes as durably as in production. */
export async function makePlace(
  kind: DatabaseKind,
  voters: number,
  { closesIn = 24 * HOUR }: { readonly closesIn?: number } = {},
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
  const postgres = kind === 'PostgreSQL' ? await createPostgres({ durable: true }) : null;
  if (postgres) await postgres.createDatabase('elekto');
  const databaseUrl = postgres?.url('elekto') ?? `sqlite:${join(dir, 'data/elekto.db')}`;
  return {
    logins,
    key: 'load',
    dir,
    databaseUrl,
    gitHub,
    postgres,
    env: {
      ELEKTO_META: join(dir, 'meta'),
      ELEKTO_META_POLL: '0',
      ELEKTO_DATA_DIR: join(dir, 'data'),
      ELEKTO_DATABASE_URL: databaseUrl,
      ELEKTO_DEMO_GITHUB: gitHub.url,
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
    },
    async close() {
      await gitHub.close();
      await postgres?.remove();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
