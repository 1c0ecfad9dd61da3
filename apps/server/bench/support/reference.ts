/** What the machine gives at best, measured in the same run: a bare HTTP server, and commits of one small row. */
import { migrate, sql, startDatabase, tables } from '@elekto/db';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { cpuTime } from '../../tests/support/process.ts';

/**
 * Commits a second of one-row transactions with the server's own settings, `width` at once; on SQLite one after the other, as
 * those that wait at one moment would share a commit.
 */
export async function commitsPerSecond(url: string, width: number, seconds = 2): Promise<number> {
  const db = await startDatabase({ url });
  try {
    await migrate(db);
    await db.read((em) =>
      sql`create table if not exists bench_reference (id integer, n integer)`.execute(tables(em)),
    );
    let commits = 0;
    const end = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: db.shared ? width : 1 }, async () => {
        while (performance.now() < end) {
          await db.transaction((em) => sql`insert into bench_reference values (1, 1)`.execute(tables(em)));
          commits += 1;
        }
      }),
    );
    await db.read((em) => sql`drop table bench_reference`.execute(tables(em)));
    return commits / seconds;
  } finally {
    await db.close();
  }
}

/** A bare node:http server in a process of its own that answers every request with `body`. */
export async function startBareServer(body: string): Promise<{ url: string; cpu(): number; stop(): void }> {
  const child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, BARE_BODY: body } });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    cpu: () => cpuTime(child.pid ?? 0),
    stop: () => void child.kill(),
  };
}

if (process.send && process.env['BARE_BODY'] !== undefined) {
  const body = Buffer.from(process.env['BARE_BODY']);
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-length', body.length);
      response.end(body);
    });
  }).listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
}
