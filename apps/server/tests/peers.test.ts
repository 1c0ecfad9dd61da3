import { freshPostgres, type FreshPostgres } from '@elekto/testing';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createLog } from '../src/index.ts';
import { createPeers } from '../src/sync/peers.ts';

/** What servers on one database keep for each other; the ballot box's own tests try the real ones. */
const kept = new Map<string, string>();
let away = false;
const notes = {
  read: (prefix: string) =>
    away
      ? Promise.reject(new Error('no database'))
      : Promise.resolve(new Map([...kept].filter(([name]) => name.startsWith(prefix)))),
  write: async (name: string, body: string) => void kept.set(name, body),
};
const common = { notes, log: createLog('silent'), every: 5 };

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
  const speaker = createPeers({ ...common, databaseUrl: postgres.url, heard: () => undefined });
  const listener = createPeers({
    ...common,
    databaseUrl: postgres.url,
    heard: (commit) => heard.push(commit),
  });
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
  const peers = createPeers({ ...common, databaseUrl: 'sqlite::memory:', heard: () => undefined });
  peers.announce('x');
  await peers.close();
});

it('hears of commits by a note where the database tells nothing by itself, also after it was away', async () => {
  const heard: (string | null)[] = [];
  const databaseUrl = 'mariadb://somebody@127.0.0.1/elekto';
  kept.set('commit-read', 'of before');
  const speaker = createPeers({ ...common, databaseUrl, heard: () => undefined });
  const listener = createPeers({ ...common, databaseUrl, heard: (commit) => heard.push(commit) });
  await sleep(50);
  expect(heard, 'what was said before is no news').toEqual([]);
  speaker.announce('first');
  expect(await until(() => heard.includes('first'))).toBe(true);
  away = true;
  await sleep(30);
  speaker.announce('second');
  away = false;
  expect(await until(() => heard.includes('second'))).toBe(true);
  expect(heard).toEqual(['first', 'second']);
  await speaker.close();
  await listener.close();
});
