/**
 * What closing and counting an election takes, in time, in memory and in pauses of the other requests:
 * every ballot is sealed and cast for real first, then a process of its own, started with the memory flags
 * of `deploy/`, closes the box, opens, mixes and counts it, stores the result and destroys the keys, and proves of ballots that
 * they were counted, as anybody may ask.
 * node packages/ballot-box/bench/bench-count.ts [voters]
 */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { migrate, startDatabase } from '@elekto/db';
import type { Database } from '@elekto/db';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { BallotBox } from '@elekto/ballot-box';
import { TEST_KDF } from '../tests/test-kdf.ts';
import { castFor, must, newPerson } from '../tests/support.ts';
import { crowdElection, rankingOf } from './crowd-election.ts';

const voters = Number(process.argv[2] ?? 20_000);
const dir = process.argv[3] ?? '';
const election = crowdElection(voters);

async function open(now: number, at: string): Promise<{ db: Database; box: BallotBox }> {
  const keys = openKeys(join(at, 'secrets'));
  const db = await startDatabase({ url: `sqlite:${join(at, 'elekto.sqlite')}`, pepper: keys.sessionPepper });
  await migrate(db);
  return { db, box: createBallotBox({ db, keys, kdf: TEST_KDF, now: () => Promise.resolve(now) }) };
}

/** The floor of any opening of `n` sealed ballots: one X25519 agreement each, in OpenSSL, in ms. */
function agreements(n: number): number {
  const ours = generateKeyPairSync('x25519');
  const theirs = generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' });
  const privateKey = createPrivateKey({
    key: ours.privateKey.export({ type: 'pkcs8', format: 'der' }),
    type: 'pkcs8',
    format: 'der',
  });
  const from = performance.now();
  for (let i = 0; i < n; i += 1) {
    diffieHellman({ privateKey, publicKey: createPublicKey({ key: theirs, type: 'spki', format: 'der' }) });
  }
  return performance.now() - from;
}

/** Begins to look what single turns of the event loop take of the processor; ends with the longest, ms, which other work on the machine does not lengthen. */
function watchTurns(): () => number {
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let going = true;
  const watch = async (): Promise<void> => {
    for (let before = used(); going;) {
      await nextTurn();
      const now = used();
      longest = Math.max(longest, now - before);
      before = now;
    }
  };
  void watch();
  return () => {
    going = false;
    return longest;
  };
}

/** A tracker is asked for by anybody, signed in or not: the first makes the tree, in ms; the median of those after it, one by one. */
async function proofs(box: BallotBox): Promise<[string, string]> {
  const officer = { userId: 'officer', account: 'officer', login: election.officers[0] ?? '' };
  const { trackers } = JSON.parse(must(await box.resultsJson(election, officer))) as { trackers: string[] };
  const took: number[] = [];
  for (let i = 0; i < 101; i += 1) {
    const tracker = trackers[(i * 7919) % trackers.length] ?? '';
    const from = performance.now();
    if (must(await box.inclusionProof(election, tracker)) === null) throw new Error('a ballot is missing');
    took.push(performance.now() - from);
  }
  const [first = 0, ...others] = took;
  const median = others.toSorted((a, b) => a - b)[50] ?? 0;
  return [first.toFixed(0), median.toFixed(2)];
}

async function closeAndCount(at: string): Promise<void> {
  const { db, box } = await open(election.closesAt + 1, at);
  const before = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const longestTurn = watchTurns();
  const from = performance.now();
  must(await box.close(election));
  const closed = performance.now();
  must(await box.finalise(election));
  const done = performance.now();
  pauses.disable();
  const ofProcessor = longestTurn();
  const most = Math.round(process.resourceUsage().maxRSS / 1024);
  const [first, cached] = await proofs(box);
  console.log(
    `| ${voters} | ${agreements(voters).toFixed(0)} | ${(closed - from).toFixed(0)} | ${(done - closed).toFixed(0)} | ` +
      `${(pauses.max / 1e6).toFixed(0)} | ${ofProcessor.toFixed(0)} | ${before} | ${most} | ${first} | ${cached} |`,
  );
  await db.close();
}

if (dir !== '') await closeAndCount(dir);
else {
  const place = mkdtempSync(join(tmpdir(), 'elekto-bench-'));
  const { db, box } = await open(election.opensAt + 1, place);
  must(await box.ensureOpened(election, { commit: 'bench', fetchedFrom: 1 }));
  for (let i = 0; i < voters; i += 1) {
    const ranking = rankingOf(election, i);
    await castFor({ box }, election, await newPerson({ db }, `voter-${i}`), ranking);
    if (i % 1000 === 999) process.stderr.write(`${i + 1} ballots cast\n`);
  }
  await db.close();
  console.log(`${cpus()[0]?.model}, Node ${process.versions.node}, SQLite, 12 candidates`);
  console.log(
    '| ballots | reference: X25519 alone, ms | close ms | open, mix, count, store ms | longest pause ms | of it CPU ms | MiB before | MiB at most | first proof ms | later proofs ms |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  const args = [
    '--max-semi-space-size=4',
    '--max-old-space-size=384',
    import.meta.filename,
    String(voters),
    place,
  ];
  // As an installation starts it: deploy/.
  execFileSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, MALLOC_ARENA_MAX: '1' } });
  rmSync(place, { recursive: true, force: true });
}
