/**
 * Casts per second, latency and CPU of one server in an election of 20,000 voters whose box is
 * nearly full (about 500 ballots a shard), with real sealing on each database: each with what freshness and
 * authentication of rows cost, and with ballots that officers keep the key of, in the same run.
 * node packages/ballot-box/bench/bench-cast.ts [casts] [databases]
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startDatabase, tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import { createMariaDb, mariaDbs } from '@elekto/testing/mariadb';
import { createPostgres } from '@elekto/testing/postgres';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { KeyStore, Person } from '@elekto/ballot-box';
import type { SealedCast } from '@elekto/protocol/ballot';
import { recordLength } from '@elekto/protocol/ballot';
import { Records } from '../src/seal/records.ts';
import { sealShard } from '../src/seal/shard.ts';
import { sealShares } from '../src/seal/share.ts';
import { TEST_KDF } from '../tests/test-kdf.ts';
import { custodyOf, must, newPerson, seal, type SuiteNumber } from '../tests/support.ts';
import { crowdElection, rankingOf } from './crowd-election.ts';

const VOTERS = 20_000;
const casts = Number(process.argv[2] ?? 1000);
const asked = process.argv[3]?.split(',') ?? ['SQLite', 'PostgreSQL', 'MariaDB'];
const AT_ONCE = 32;
const BLOCK = 100;
const crowd = crowdElection(VOTERS);

/** Fills the box as if everybody but those to come had voted; only the count would notice that the records are noise. */
async function fill(db: Database, keys: KeyStore, missing: number, suite: SuiteNumber): Promise<void> {
  const { id } = await db.read((em) =>
    tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
  );
  const boxKey = (await keys.election(id))?.boxKey ?? Buffer.alloc(32);
  const length = recordLength({ candidates: crowd.candidates.map(({ id }) => id), suite });
  const shards = await db.read((em) => tables(em).selectFrom('ballot_box').select('shard').execute());
  const each = Math.floor((VOTERS - missing) / shards.length);
  for (const { shard } of shards) {
    const version = each + 1;
    const records = Array.from({ length: each }, () => randomBytes(length));
    const place = { election: id, shard, version };
    const sealed = sealShard(boxKey, place, Records.of(records, length));
    const participants = sealShares(boxKey, place, { participants: 0n, released: suite === 1 ? null : 0n });
    await db.transaction((em) =>
      tables(em)
        .updateTable('ballot_box')
        .set({ version, sealed, participants })
        .where('shard', '=', shard)
        .execute(),
    );
  }
  for (let from = 0; from < VOTERS - missing; from += 500) {
    const people = Array.from({ length: 500 }, (_, i) => ({
      id: randomBytes(16).toString('hex'),
      account: `x${from + i}`,
      login: 'x',
      mac: '',
    }));
    const rows = people.map(({ id: user }) => ({
      election: id,
      user,
      kdf: 1,
      salt: randomBytes(16),
      auth_tag: randomBytes(32),
      sealed_seed: randomBytes(76),
      mac: '',
    }));
    const bindings = people.map(({ id: user, account: login }) => ({ election: id, login, user, mac: '' }));
    await db.transaction(async (em) => {
      await tables(em).insertInto('user_account').values(people).execute();
      await tables(em).insertInto('roll_binding').values(bindings).execute();
      await tables(em).insertInto('participation').values(rows).execute();
    });
  }
}

/** `all`: as it is. Without the witness nothing is known outside the database; without MACs rows are not authenticated either. */
type Kept = 'all' | 'no witness' | 'neither witness nor MACs';
const VARIANTS: readonly (readonly [Kept, SuiteNumber])[] = [
  ['neither witness nor MACs', 1],
  ['no witness', 1],
  ['all', 1],
  ['all', 2],
];

function leaveOut(keys: KeyStore, kept: Kept): void {
  if (kept === 'all') return;
  const nothing = keys.witness.known();
  Object.assign(keys.witness, { known: () => nothing, note: () => undefined });
  if (kept === 'no witness') return;
  const mac = keys.mac;
  // Where a ballot goes is no authentication: without it all would go into one shard.
  const constant: KeyStore['mac'] = (domain, ...parts) =>
    domain === 'elekto/shard of/1' ? mac(domain, ...parts) : 'A'.repeat(43);
  Object.assign(keys, { mac: constant });
}

interface Server {
  readonly name: string;
  readonly jobs: { readonly person: Person; readonly cast: SealedCast }[];
  readonly send: (job: { readonly person: Person; readonly cast: SealedCast }) => Promise<unknown>;
  readonly latencies: number[];
  seconds: number;
  /** ms */
  cpu: number;
  close(): Promise<void>;
}

async function prepare(
  database: string,
  url: string,
  dir: string,
  [kept, suite]: readonly [Kept, SuiteNumber],
): Promise<Server> {
  const keys = openKeys(join(dir, 'secrets'));
  leaveOut(keys, kept);
  const db = await startDatabase({ url, pepper: keys.sessionPepper, poolSize: 10 });
  await migrate(db);
  const box = createBallotBox({ db, keys, kdf: TEST_KDF, now: () => Promise.resolve(crowd.opensAt + 1) });
  const election = { ...crowd, ...(await custodyOf({ suite, box }, crowd.key)) };
  must(await box.ensureOpened(election, { commit: 'bench', fetchedFrom: 1 }));
  await fill(db, keys, casts, suite);
  const jobs: Server['jobs'] = [];
  for (let i = 0; i < casts; i += 1) {
    const person = await newPerson({ db }, `voter-${i}`);
    const ranking = rankingOf(election, i);
    jobs.push({ person, cast: (await seal({ box }, election, person, ranking)).cast });
  }
  return {
    name: `${database}${kept === 'all' ? '' : `, ${kept}`}${suite === 1 ? '' : ', the key with officers'}`,
    jobs,
    send: async ({ person, cast }) => must(await box.cast(election, person, cast)),
    latencies: [],
    seconds: 0,
    cpu: 0,
    close: () => db.close(),
  };
}

async function castBlock(server: Server, block: Server['jobs']): Promise<void> {
  const queue = block.values();
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const job of queue) {
        const sent = performance.now();
        await server.send(job);
        server.latencies.push(performance.now() - sent);
      }
    }),
  );
  const used = process.cpuUsage(before);
  server.seconds += (performance.now() - start) / 1000;
  server.cpu += (used.user + used.system) / 1000;
}

/** Casts in blocks, each variant in turn and in turn the first, so that a busy machine is as busy for all of them. */
async function measure(
  database: string,
  urlOf: (index: number) => string | Promise<string>,
  settle = (): Promise<unknown> => Promise.resolve(),
): Promise<void> {
  const servers: Server[] = [];
  for (const [index, variant] of VARIANTS.entries())
    servers.push(await prepare(database, await urlOf(index), join(dir, `${database}-${index}`), variant));
  await settle();
  globalThis.gc?.();
  for (let from = 0, round = 0; from < casts; from += BLOCK, round += 1) {
    const turn = round % servers.length;
    for (const server of [...servers.slice(turn), ...servers.slice(0, turn)])
      await castBlock(server, server.jobs.slice(from, from + BLOCK));
  }
  for (const { name, latencies, seconds, cpu } of servers) {
    latencies.sort((a, b) => a - b);
    const at = (share: number): string => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1);
    const rate = (casts / seconds).toFixed(0);
    console.log(`| ${name} | ${rate} | ${at(0.5)} | ${at(0.99)} | ${(cpu / casts).toFixed(2)} |`);
  }
  const [before, officers] = servers.slice(-2).map(({ cpu }) => cpu);
  if (before !== undefined && officers !== undefined)
    console.log(
      `${database}: a cast for officers takes ${(officers / before).toFixed(2)} times the processor time`,
    );
  for (const server of servers) await server.close();
}

console.log(
  `${casts} casts, ${AT_ONCE} at a time, into an election of ${VOTERS} voters with ${Math.ceil(VOTERS / 500)} shards; ${cpus()[0]?.model}, Node ${process.versions.node}`,
);
console.log('| database | casts per second | p50 ms | p99 ms | CPU ms per cast (server) |');
console.log('| --- | --- | --- | --- | --- |');
const dir = mkdtempSync(join(tmpdir(), 'elekto-bench-'));
if (asked.includes('SQLite')) await measure('SQLite', (index) => `sqlite:${join(dir, `${index}.sqlite`)}`);
if (asked.includes('PostgreSQL')) {
  const cluster = await createPostgres({ durable: true });
  const urlOf = async (index: number): Promise<string> => {
    await cluster.createDatabase(`bench${index}`);
    return cluster.url(`bench${index}`);
  };
  // As in each five minutes of a server that runs: what follows is written to WAL segments that are there already.
  await measure('PostgreSQL', urlOf, () => cluster.query('postgres', 'checkpoint'));
  await cluster.remove();
}
if (!mariaDbs().includes('mariadb')) console.log('MariaDB: not run, Debian has it as mariadb-server-core');
else if (asked.includes('MariaDB')) {
  const server = await createMariaDb({ durable: true });
  await measure('MariaDB', async (index) => {
    await server.createDatabase(`bench${index}`);
    return server.url(`bench${index}`);
  });
  await server.remove();
}
rmSync(dir, { recursive: true, force: true });
console.log(`peak memory of all: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
