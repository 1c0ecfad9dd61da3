/**
 * `npm run bench:verify -- [ballots] [mixes] [threads] [folder]`: how long a whole count by officers takes to verify, by the same threads
 * as `elekto verify`. The count is made first, which takes longer; its time is not counted. With a folder it is kept there, and taken from
 * there the next time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePool, verifyCount } from '@elekto/protocol/board';
import { startThread } from '../src/verify/threads.ts';
import { isMade, makeCount, readCount } from './large-count.ts';

const [ballots = 1000, mixes = 3, threads = cpus().length] = process.argv.slice(2, 5).map(Number);
const kept = process.argv[5];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'elekto-count-'));
if (!isMade(folder)) await makeCount(folder, ballots, mixes);
const input = readCount(folder);
if (kept === undefined) rmSync(folder, { recursive: true });

let moves = 0;
const before = { at: performance.now(), cpu: process.cpuUsage() };
const pool = makePool(threads, startThread, () => (moves += 1));
const steps = verifyCount(input, pool.run);
for (;;) {
  const next = await steps.next();
  const at = ((performance.now() - before.at) / 1000).toFixed(1);
  if (next.done === true) break;
  if (!next.value.ok) throw new Error(`${next.value.code} ${JSON.stringify(next.value.facts)}`);
  process.stdout.write(`${at.padStart(7)} s  ${next.value.name}\n`);
}
const spent = process.cpuUsage(before.cpu);
pool.end();
process.stdout.write(
  `${ballots} ballots, ${mixes} mixes, ${mixes} decryptions, ${threads} threads: ` +
    `${((performance.now() - before.at) / 1000).toFixed(1)} s, ${((spent.user + spent.system) / 1e6).toFixed(1)} s of processor time; ` +
    `the progress moved ${moves} times\n`,
);
