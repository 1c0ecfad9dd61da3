/**
 * `npm run bench:verify -- [ballots] [mixes] [threads]`: how long a whole count by officers takes to verify, by the same threads as
 * `elekto verify`. The board is made first, which takes longer; its time is not counted.
 */
import { cpus } from 'node:os';
import {
  addDecryption,
  addMix,
  type Board,
  finishedKey,
  openBoard,
  readManifest,
  sealBallot,
  shareOf,
  verifyBoard,
  writeBox,
  writeDecryption,
  writeMix,
  writeTranscript,
} from '@elekto/custody';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { makePool } from '@elekto/protocol/board';
import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';
import { startThread } from '../src/verify/threads.ts';

const [ballots = 1000, mixes = 3, threads = cpus().length] = process.argv.slice(2).map(Number);
const keys = Array.from({ length: 2 * mixes - 1 }, (_, i) => keyOf(i + 1));
const header = headerOf(keys.length, mixes);
const posts = await runCeremony(header, keys);
const key = must(finishedKey(header, posts));
const server = keyOf(99);
const manifest = must(
  readManifest(
    canonicalJson({
      ...{ version: 2, key: 'bench', suite: 2, kind: 'election', run: '01'.repeat(16) },
      custody: toHex(key.transcriptHash),
      publicKey: toBase64Url(key.electionKey.toBytes()),
      serverKey: toBase64Url(server.sign),
      candidates: Array.from({ length: 12 }, (_, i) => `c${String(i).padStart(2, '0')}`),
      ...{ allowNoOpinion: true, trackers: false },
    }),
  ),
);
const binding = new Uint8Array(32);
const ranks = (i: number): number[] => Array.from({ length: 12 }, (_, at) => (i * 7 + at) % 13);
const records = Array.from(
  { length: ballots },
  (_, i) => must(sealBallot(manifest.rules, ranks(i), binding)).record,
);
const box = writeBox(manifest, records, null, server.signSecret);
const files = { mixes: [] as Uint8Array[], decryptions: [] as Uint8Array[] };
let board: Board = must(openBoard(manifest, key, ballots, box));
for (const officer of keys.slice(0, mixes)) {
  const file = must(writeMix(board, board.mixers.length + 1, officer.signSecret));
  board = must(addMix(board, file));
  files.mixes.push(file);
}
for (const officer of keys.slice(0, mixes)) {
  const share = await shareOf(header, posts, officer);
  if (share === null) throw new Error('an officer has a share');
  const file = must(writeDecryption(board, share, officer.signSecret));
  board = must(addDecryption(board, file));
  files.decryptions.push(file);
}

let moves = 0;
const before = { at: performance.now(), cpu: process.cpuUsage() };
const pool = makePool(threads, startThread, () => (moves += 1));
const steps = verifyBoard(
  {
    transcript: writeTranscript({ header, posts }),
    manifest: manifest.text,
    electors: ballots,
    box,
    ...files,
  },
  pool.run,
);
for (;;) {
  const next = await steps.next();
  const at = ((performance.now() - before.at) / 1000).toFixed(1);
  if (next.done === true) break;
  if (!next.value.ok) throw new Error(next.value.error.message);
  process.stdout.write(`${at.padStart(7)} s  ${next.value.step.code}\n`);
}
const spent = process.cpuUsage(before.cpu);
pool.end();
process.stdout.write(
  `${ballots} ballots, ${mixes} mixes, ${mixes} decryptions, ${threads} threads: ` +
    `${((performance.now() - before.at) / 1000).toFixed(1)} s, ${((spent.user + spent.system) / 1e6).toFixed(1)} s of processor time; ` +
    `the progress moved ${moves} times\n`,
);
