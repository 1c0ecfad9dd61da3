import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { sharedServer } from './shared-server.ts';

export { createPostgres } from './postgres-cluster.ts';
export type { PostgresCluster } from './postgres-cluster.ts';

/** A database of one's own on the run's PostgreSQL. */
export interface FreshPostgres {
  readonly url: string;
  readonly name: string;
  /** Removes it, ending what is still connected. */
  drop(): Promise<void>;
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
  const { port: at } = await sharedServer('postgresql');
  const name = `t_${randomBytes(8).toString('hex')}`;
  await statement(at, `create database "${name}"`);
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${at}/${name}`,
    name,
    drop: () => statement(at, `drop database if exists "${name}" with (force)`),
  };
}
