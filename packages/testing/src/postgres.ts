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

const urlOf = (at: number, name: string): string => `postgresql://postgres:postgres@127.0.0.1:${at}/${name}`;

async function asSuperuser(
  at: number,
  work: (run: (text: string) => Promise<pg.QueryResult>) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(at, 'postgres') });
  await client.connect();
  try {
    await work((text) => client.query(text));
  } finally {
    await client.end();
  }
}

/**
 * A fresh database on a real PostgreSQL: empty, or as `make` leaves one, which is asked once a run and copied then.
 * The server is started by the first caller of a test run and shared by all of the run's files; it stops when the
 * run ends, however it ends.
 */
export async function freshPostgres(make?: (url: string) => Promise<void>): Promise<FreshPostgres> {
  const { port: at } = await sharedServer('postgresql');
  const name = `t_${randomBytes(8).toString('hex')}`;
  if (make !== undefined) await (template ??= makeTemplate(at, make));
  const like = make === undefined ? 'template1' : TEMPLATE;
  await asSuperuser(at, async (run) => {
    // Copies files, where the default writes each page to the log: a third of the work.
    await run(`create database "${name}" template ${like} strategy file_copy`);
  });
  return {
    url: urlOf(at, name),
    name,
    drop: () =>
      asSuperuser(at, async (run) => void (await run(`drop database if exists "${name}" with (force)`))),
  };
}

const TEMPLATE = 'elekto_template';
/** Of this process; the others of the run find the database. */
let template: Promise<void> | undefined;

/** Under its name it is whole: whoever makes it renames it at the end, and the others wait for that. */
const makeTemplate = (at: number, make: (url: string) => Promise<void>): Promise<void> =>
  asSuperuser(at, async (run) => {
    await run(`select pg_advisory_lock(1)`);
    const { rowCount } = await run(`select from pg_database where datname = '${TEMPLATE}'`);
    if (rowCount !== 0) return;
    await run(`drop database if exists ${TEMPLATE}_unfinished`);
    await run(`create database ${TEMPLATE}_unfinished`);
    await make(urlOf(at, `${TEMPLATE}_unfinished`));
    await run(`alter database ${TEMPLATE}_unfinished rename to ${TEMPLATE}`);
  });
