import { startDatabase, tables } from '@elekto/db';

import type { Running } from './running.ts';

/** What the tables of a running server's database say now, whichever it is. */
export async function inDatabase<T>(
  { server }: Running,
  read: (rows: ReturnType<typeof tables>) => Promise<T>,
): Promise<T> {
  const db = await startDatabase({ url: server.config.databaseUrl });
  try {
    return await db.read((em) => read(tables(em)));
  } finally {
    await db.close();
  }
}
