/**
 * `npm run bench:formats`: a million ballots of 50 candidates in each format, written, then read and counted in a
 * process of its own: seconds and peak memory. Formats can be named; `--ballots N` takes another number.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

import { BallotTable, count } from '@elekto/tally';

import { BallotFileReader, FORMATS, formatNamed } from '../src/index.ts';
import type { FormatName } from '../src/index.ts';

const SIZE: Readonly<Partial<Record<FormatName, number>>> = { debian: 35 };
const self = fileURLToPath(import.meta.url);

/** A linear congruential generator, so that every run has the same ballots. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Complete rankings without ties, which every format holds. */
function* rankings(ballots: number, size: number): Iterable<{ ranks: number[] }> {
  const random = generator(ballots + size);
  const ranks = Array.from({ length: size }, (_, i) => i + 1);
  for (let r = 0; r < ballots; r++) {
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [ranks[i], ranks[j]] = [ranks[j] as number, ranks[i] as number];
    }
    yield { ranks };
  }
}

function writeFile(path: string, format: FormatName, ballots: number): void {
  const size = SIZE[format] ?? 50;
  const table = new BallotTable(Array.from({ length: size }, (_, i) => `Candidate ${i + 1}`));
  for (const { ranks } of rankings(ballots, size)) table.add(ranks);
  const file = { format, ballots: table, title: null, seats: 3, withdrawn: [], notes: [] };
  const handle = openSync(path, 'w');
  let piece = '';
  for (const text of formatNamed(format).write(file).pieces) {
    piece += text;
    if (piece.length < 1 << 20) continue;
    writeSync(handle, piece);
    piece = '';
  }
  writeSync(handle, piece);
  closeSync(handle);
}

/** Reads and counts a file; prints milliseconds of reading, of counting, and the peak memory in KB. */
function readAndCount(path: string, from: FormatName): void {
  // As `elekto tally` does.
  setFlagsFromString('--semi-space-growth-factor=1');
  const start = performance.now();
  const reader = new BallotFileReader({ from, best: from === 'caritat' ? null : 'lowest' });
  const handle = openSync(path, 'r');
  const piece = new Uint8Array(1 << 16);
  for (let length = readSync(handle, piece); length > 0; length = readSync(handle, piece))
    reader.push(piece.subarray(0, length));
  const { ballots } = reader.end();
  const read = performance.now();
  const { counts } = count(ballots, { seats: 3 });
  const counted = performance.now();
  console.log(
    [counts.cast, read - start, counted - read, process.resourceUsage().maxRSS]
      .map((each) => String(each))
      .join(' '),
  );
}

const [mode = '', ...rest] = process.argv.slice(2);
if (mode === '--write') writeFile(rest[0] as string, rest[1] as FormatName, Number(rest[2]));
else if (mode === '--read') readAndCount(rest[0] as string, rest[1] as FormatName);
else {
  const at = process.argv.indexOf('--ballots');
  const ballots = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
  const named = process.argv.slice(2).filter((word) => FORMATS.some(({ name }) => name === word));
  const folder = mkdtempSync(join(tmpdir(), 'elekto-formats-'));
  try {
    for (const { name } of FORMATS) {
      if (named.length > 0 && !named.includes(name)) continue;
      const path = join(folder, name);
      execFileSync(process.execPath, [self, '--write', path, name, String(ballots)]);
      const out = execFileSync(process.execPath, [self, '--read', path, name], { encoding: 'utf8' });
      const [cast, read = 0, counted = 0, peak = 0] = out.trim().split(' ').map(Number);
      const megabytes = (statSync(path).size / 1e6).toFixed(0);
      console.log(
        `${name.padEnd(8)} ${cast} ballots, ${megabytes.padStart(5)} MB: read in ${(read / 1000).toFixed(1).padStart(5)} s, ` +
          `counted in ${(counted / 1000).toFixed(1)} s, peak ${(peak / 1024).toFixed(0)} MB`,
      );
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
