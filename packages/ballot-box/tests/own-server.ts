/** A database server of a test's own, whose files it reads and which it stops as it likes. */
import { createMariaDb } from '@elekto/testing/mariadb';
import { createPostgres } from '@elekto/testing/postgres';
import type { DialectName } from './support.ts';

export interface OwnServer {
  readonly dataDir: string;
  readonly url: string;
  /** Statements of a superuser. */
  query(statement: string): Promise<Record<string, unknown>[]>;
  /** Everything that is written is in the files of these tables when it resolves. */
  flush(...tables: string[]): Promise<void>;
  /** Nothing is flushed; the next start recovers. */
  crash(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
  log(): string;
}

const NAME = 'owned';

/** As durable as in production; null for SQLite, which has no server. */
export async function startOwnServer(
  dialect: DialectName,
  { logStatements = false }: { readonly logStatements?: boolean } = {},
): Promise<OwnServer | null> {
  if (dialect === 'sqlite') return null;
  if (dialect === 'postgresql') {
    const cluster = await createPostgres({ durable: true, logStatements });
    await cluster.createDatabase(NAME);
    const query = (statement: string) => cluster.query(NAME, statement);
    return {
      dataDir: cluster.dataDir,
      url: cluster.url(NAME),
      query,
      flush: async () => void (await query('checkpoint')),
      crash: () => cluster.stop('immediate'),
      start: () => cluster.start(),
      remove: () => cluster.remove(),
      log: () => cluster.log(),
    };
  }
  const server = await createMariaDb({ durable: true, logStatements });
  await server.createDatabase(NAME);
  const query = (statement: string) => server.query(NAME, statement);
  return {
    dataDir: server.dataDir,
    url: server.url(NAME),
    query,
    flush: async (...tables) => {
      for (const table of tables) await query(`flush tables \`${table}\` for export`);
    },
    crash: () => server.stop('crash'),
    start: () => server.start(),
    remove: () => server.remove(),
    log: () => server.log(),
  };
}
