/**
 * Casts per second, latency, CPU and memory of one server in an election of 20,000 voters whose box is
 * nearly full (about 500 ballots a shard), with real sealing on both databases.
 * node packages/ballot-box/bench/bench-cast.ts [casts]
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startDatabase, tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import { createPostgres } from '@elekto/testing/postgres';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { KeyStore, Person } from '@elekto/ballot-box';
import type { SealedCast } from '@elekto/protocol/ballot';
import { recordLength } from '@elekto/protocol/ballot';
import { sealShard } from '../src/seal/shard.ts';
import { sealShare } from '../src/seal/share.ts';
import { TEST_KDF } from '../tests/test-kdf.ts';
import { must, newPerson, seal } from '../tests/support.ts';
import { crowdElection, rankingOf } from './crowd-election.ts';

const VOTERS = 20_000;
const casts = Number(process.argv[2] ?? 1000);
const AT_ONCE = 16;
const election = crowdElection(VOTERS);

/** Fills the box as if everybody but those to come had voted; only the count would notice that the records are noise. */
async function fill(db: Database, keys: KeyStore, missing: number): Promise<void> {
  const { id } = await db.read((em) =>
    tables(em).selectFrom('election').select('id').executeTakeFirstOrThrow(),
  );
  const boxKey = (await keys.election(id))?.boxKey ?? Buffer.alloc(32);
  const length = recordLength(election.candidates.length);
  const shards = await db.read((em) => tables(em).selectFrom('ballot_box').select('shard').execute());
  const each = Math.floor((VOTERS - missing) / shards.length);
  for (const { shard } of shards) {
    const version = each + 1;
    const records = Array.from({ length: each }, () => randomBytes(length));
    const place = { election: id, shard, version };
    const sealed = sealShard(boxKey, place, records, length);
    const participants = sealShare(boxKey, place, 0n);
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
      github_id: `x${from + i}`,
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
    await db.transaction(async (em) => {
      await tables(em).insertInto('user_account').values(people).execute();
      await tables(em).insertInto('participation').values(rows).execute();
    });
  }
}

/** @param known false: as if nothing were known outside the database, for what that costs. */
async function measure(name: string, url: string, dir: string, known = true): Promise<void> {
  const keys = openKeys(join(dir, 'secrets'));
  if (!known) {
    const nothing = keys.witness.known();
    Object.assign(keys.witness, { known: () => nothing, note: () => undefined });
  }
  const db = await startDatabase({ url, pepper: keys.sessionPepper, poolSize: 10 });
  await migrate(db);
  const box = createBallotBox({ db, keys, kdf: TEST_KDF, now: () => Promise.resolve(election.opensAt + 1) });
  must(await box.ensureOpened(election, { commit: 'bench', fetchedFrom: 1 }));
  await fill(db, keys, casts);
  const jobs: { person: Person; cast: SealedCast }[] = [];
  for (let i = 0; i < casts; i += 1) {
    const person = await newPerson({ db }, `voter-${i}`);
    const ranking = rankingOf(election, i);
    jobs.push({ person, cast: (await seal({ box }, election, person, ranking)).cast });
  }
  globalThis.gc?.();

  const latencies: number[] = [];
  const queue = jobs.values();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const { person, cast } of queue) {
        const before = performance.now();
        must(await box.cast(election, person, cast));
        latencies.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number): string => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1);
  const milliseconds = ((used.user + used.system) / 1000 / casts).toFixed(2);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `| ${name} | ${(casts / seconds).toFixed(0)} | ${at(0.5)} | ${at(0.99)} | ${milliseconds} | ${memory} |`,
  );
  await db.close();
}

console.log(
  `${casts} casts, ${AT_ONCE} at a time, into an election of ${VOTERS} voters with ${Math.ceil(VOTERS / 500)} shards; ${cpus()[0]?.model}, Node ${process.versions.node}`,
);
console.log('| database | casts per second | p50 ms | p99 ms | CPU ms per cast (server) | peak memory MiB |');
console.log('| --- | --- | --- | --- | --- | --- |');
const dir = mkdtempSync(join(tmpdir(), 'elekto-bench-'));
await measure('SQLite without the witness', `sqlite:${join(dir, 'plain.sqlite')}`, join(dir, 'plain'), false);
await measure('SQLite', `sqlite:${join(dir, 'elekto.sqlite')}`, join(dir, 'sqlite'));
const cluster = await createPostgres({ durable: true });
await cluster.createDatabase('bench');
await cluster.createDatabase('plain');
await measure('PostgreSQL without the witness', cluster.url('plain'), join(dir, 'plain-postgres'), false);
await measure('PostgreSQL', cluster.url('bench'), join(dir, 'postgres'));
await cluster.remove();
rmSync(dir, { recursive: true, force: true });
