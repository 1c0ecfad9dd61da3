import { freshPostgres, type FreshPostgres } from '@elekto/testing';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createLog } from '../src/index.ts';
import { createPeers } from '../src/sync/peers.ts';

let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await freshPostgres();
});
afterAll(() => postgres?.drop());

async function until(check: () => boolean): Promise<boolean> {
  for (let i = 0; i < 200 && !check(); i += 1) await sleep(25);
  return check();
}

it('hears of commits, also after the database has cut the connection', async () => {
  const heard: (string | null)[] = [];
  const speaker = createPeers(postgres.url, () => undefined, createLog('silent'));
  const listener = createPeers(postgres.url, (commit) => heard.push(commit), createLog('silent'));
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    expect(await until(() => (speaker.announce('first'), heard.includes('first')))).toBe(true);
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'elekto-peers'",
    );
    // Something may have been missed meanwhile, so the listener is told to look by itself.
    expect(await until(() => heard.includes(null))).toBe(true);
    expect(await until(() => (speaker.announce('second'), heard.includes('second')))).toBe(true);
  } finally {
    await client.end();
    await speaker.close();
    await listener.close();
  }
});

it('is nothing with SQLite', async () => {
  const peers = createPeers('sqlite::memory:', () => undefined, createLog('silent'));
  peers.announce('x');
  await peers.close();
});
