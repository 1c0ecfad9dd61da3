/** What the machine gives at best, measured in the same run: a bare HTTP server, and commits of one small row. */
import { migrate, sql, startDatabase, tables } from '@elekto/db';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { cpuTime } from '../../tests/support/process.ts';
import { openLoop } from './arrivals.ts';

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

/** About what a shard of some hundred ballots of ten candidates takes. */
const SHARD = 64 * 1024;

/**
 * What transactions wait that only write one of a few rows as large as a shard, `rate` a second at random instants; ms each. So much a
 * cast that comes at the same pace waits at least for the database and its disk.
 */
export async function waitsToWrite(url: string, rate: number, seconds = 10): Promise<number[]> {
  const db = await startDatabase({ url });
  try {
    await db.read((em) =>
      sql`create table bench_rows (id integer primary key, bytes ${sql.raw(BYTES[db.dialect])})`.execute(
        tables(em),
      ),
    );
    const ids = Array.from({ length: 10 }, (_, id) => id);
    for (const id of ids)
      await db.read((em) =>
        sql`insert into bench_rows values (${id}, ${randomBytes(SHARD)})`.execute(tables(em)),
      );
    const items = Array.from({ length: rate * seconds }, () => randomBytes(SHARD));
    const waits = await openLoop(items, rate, (bytes, i) =>
      db.transaction(async (em) => {
        await sql`update bench_rows set bytes = ${bytes} where id = ${i % ids.length}`.execute(tables(em));
      }),
    );
    await db.read((em) => sql`drop table bench_rows`.execute(tables(em)));
    return waits;
  } finally {
    await db.close();
  }
}

const BYTES = { sqlite: 'blob', postgresql: 'bytea', mariadb: 'mediumblob' } as const;

/** What a server answers with. */
export interface BareAnswer {
  /** Name, value, name, value. */
  readonly head: readonly string[];
  readonly body: Buffer;
}

/** A bare node:http server in a process of its own that answers every request with the same bytes. */
export async function startBareServer({
  head,
  body,
}: BareAnswer): Promise<{ url: string; cpu(): number; stop(): void }> {
  const child = fork(fileURLToPath(import.meta.url), {
    env: { ...process.env, BARE_HEAD: JSON.stringify(head), BARE_BODY: body.toString('base64') },
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    cpu: () => cpuTime(child.pid ?? 0),
    stop: () => void child.kill(),
  };
}

const { BARE_HEAD, BARE_BODY } = process.env;
if (process.send && BARE_HEAD !== undefined && BARE_BODY !== undefined) {
  const head = JSON.parse(BARE_HEAD) as string[];
  const body = Buffer.from(BARE_BODY, 'base64');
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, head);
      response.end(body);
    });
  }).listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
}
