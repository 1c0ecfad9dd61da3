import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { spawnKeeper } from './postgres-cluster.ts';

export { createPostgres } from './postgres-cluster.ts';
export type { PostgresCluster } from './postgres-cluster.ts';

/** A database of one's own on the run's PostgreSQL. */
export interface FreshPostgres {
  readonly url: string;
  readonly name: string;
  /** Removes it, ending what is still connected. */
  drop(): Promise<void>;
}

const run = process.env['VITEST'] === 'true' ? process.ppid : process.pid;
const file = join(tmpdir(), `elekto-pg-run-${run}.json`);

async function port(): Promise<number> {
  try {
    mkdirSync(`${file}.lock`);
    spawnKeeper(fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url)), [String(run), file]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (existsSync(file)) {
      const said = JSON.parse(readFileSync(file, 'utf8')) as { port?: number; error?: string };
      if (said.port === undefined) throw new Error(`PostgreSQL did not start: ${said.error}`);
      return said.port;
    }
    await sleep(50);
  }
  throw new Error('PostgreSQL did not start within a minute');
}

async function statement(at: number, text: string): Promise<void> {
  const client = new pg.Client({
    connectionString: `postgresql://postgres:postgres@127.0.0.1:${at}/postgres`,
  });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/**
 * A fresh, empty database on a real PostgreSQL. The server is started by the first caller of a test run
 * and shared by all of the run's files; it stops when the run ends, however it ends.
 */
export async function freshPostgres(): Promise<FreshPostgres> {
  const at = await port();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await statement(at, `create database "${name}"`);
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${at}/${name}`,
    name,
    drop: () => statement(at, `drop database if exists "${name}" with (force)`),
  };
}
