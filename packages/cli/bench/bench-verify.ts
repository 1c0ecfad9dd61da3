/**
 * `npm run bench:verify -- [ballots] [mixes] [threads] [folder]`: how long a whole count by officers takes to verify, by the same threads
 * as `elekto verify`. The board is made first, which takes longer; its time is not counted. With a folder it is kept there, and taken from
 * there the next time.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
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

const [ballots = 1000, mixes = 3, threads = cpus().length] = process.argv.slice(2, 5).map(Number);
const folder = process.argv[5];
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
interface Files {
  readonly box: Uint8Array;
  readonly mixes: readonly Uint8Array[];
  readonly decryptions: readonly Uint8Array[];
}

async function make(): Promise<Files> {
  const records = Array.from(
    { length: ballots },
    (_, i) => must(sealBallot(manifest.rules, ranks(i), binding)).record,
  );
  const box = writeBox(manifest, records, null, server.signSecret);
  let board: Board = must(openBoard(manifest, key, ballots, box));
  const files = { box, mixes: [] as Uint8Array[], decryptions: [] as Uint8Array[] };
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
  return files;
}

/** The files of a board of this size, from a folder that may have them from an earlier run. */
async function keptIn(kept: string): Promise<Files> {
  const path = (name: string, at: number): string => join(kept, `${ballots}-${mixes}-${name}-${at}.bin`);
  const read = (name: string): Uint8Array[] =>
    Array.from({ length: mixes }, (_, at) => readFileSync(path(name, at)));
  if (existsSync(path('decryption', mixes - 1)))
    return { box: readFileSync(path('box', 0)), mixes: read('mix'), decryptions: read('decryption') };
  const made = await make();
  mkdirSync(kept, { recursive: true });
  writeFileSync(path('box', 0), made.box);
  made.mixes.forEach((file, at) => {
    writeFileSync(path('mix', at), file);
  });
  made.decryptions.forEach((file, at) => {
    writeFileSync(path('decryption', at), file);
  });
  return made;
}

const files = await (folder === undefined ? make() : keptIn(folder));

let moves = 0;
const before = { at: performance.now(), cpu: process.cpuUsage() };
const pool = makePool(threads, startThread, () => (moves += 1));
const steps = verifyBoard(
  {
    transcript: writeTranscript({ header, posts }),
    manifest: manifest.text,
    electors: ballots,
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
