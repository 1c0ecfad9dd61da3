/**
 * `npm run bench:tally`: pairwise counting and Schulze side by side in one run, for this engine, for the
 * textbook implementation and for two packages of the registry; then the closure of paths alone, and peak
 * memory. `--quick` leaves out what takes minutes (the textbook and `votes` past 10,000 ballots); `--before FOLDER` counts with the
 * engine of another checkout by turns, and nothing else.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

import { Schulze as CondorcetSchulze } from 'condorcet';
import { Schulze as VotesSchulze, utils as votesUtils } from 'votes';

import { bitSlicedKernel } from '../src/pairwise/bit-sliced.ts';
import type { PairwiseKernel } from '../src/pairwise/kernel.ts';
import { countPairwise } from '../src/pairwise/pairwise.ts';
import { createSimdKernel } from '../src/pairwise/simd-kernel.ts';
import { buildLinks } from '../src/graph/links.ts';
import { strongestPaths } from '../src/graph/paths.ts';
import { BallotTable, count } from '../src/index.ts';
import { besideBefore } from './beside.ts';
import { pairKey, textbookPairs, textbookPaths, textbookPlaces } from './textbook.ts';

const quick = process.argv.includes('--quick');

/** A linear congruential generator, so that every run counts the same ballots. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A table of random ballots: ranks from 1 to n with ties, one in ten no opinion. */
function randomTable(ballots: number, size: number): BallotTable {
  const table = new BallotTable(Array.from({ length: size }, (_, i) => `c${String(i).padStart(3, '0')}`));
  fill(table, ballots);
  return table;
}

function fill(table: BallotTable, ballots: number): void {
  const size = table.candidates.length;
  const random = generator(ballots + size);
  const ranks = new Array<number | null>(size).fill(null);
  for (let r = 0; r < ballots; r++) {
    for (let i = 0; i < size; i++) ranks[i] = random() < 0.1 ? null : 1 + Math.floor(random() * size);
    table.add(ranks);
  }
}

function time<T>(work: () => T): { ms: number; value: T } {
  const start = performance.now();
  const value = work();
  return { ms: performance.now() - start, value };
}

/** The best of some runs: what the work takes, not what else the machine was doing. */
function best<T>(runs: number, work: () => T): { ms: number; value: T } {
  let least = time(work);
  for (let i = 1; i < runs; i++) {
    const again = time(work);
    if (again.ms < least.ms) least = again;
  }
  return least;
}

function row(name: string, ms: number, base: number | null): void {
  const ratio = base === null ? '' : `${(base / ms).toFixed(1)}x`;
  console.log(`  ${name.padEnd(44)} ${ms.toFixed(ms < 100 ? 2 : 0).padStart(10)} ms  ${ratio.padStart(9)}`);
}

function same(label: string, one: string, two: string): void {
  if (one !== two) throw new Error(`${label} gives another result:\n${one}\n${two}`);
}

function kernels(): PairwiseKernel[] {
  const simd = createSimdKernel();
  return simd === null ? [bitSlicedKernel] : [simd, bitSlicedKernel];
}

function whole(ballots: number, size: number, slow: boolean): void {
  console.log(`\n${ballots.toLocaleString('en')} ballots x ${size} candidates: pairwise and Schulze`);
  const table = randomTable(ballots, size);
  const ids = table.candidates;
  const rows = function* (): Iterable<(number | null)[]> {
    for (const { ranks } of table.ballots) yield Array.from(ranks);
  };

  let base: number | null = null;
  const ours = best(5, () => count(table, { seats: 3 }));
  const places = (entries: Iterable<readonly [string, number]>): string =>
    JSON.stringify([...entries].sort());
  const expected = places(
    ours.value.places.flatMap(({ place, candidates }) => candidates.map((id) => [id, place] as const)),
  );

  if (slow) {
    const dictionaries = Array.from(rows(), (ranks) => {
      const ballot = new Map<string, number>();
      ranks.forEach((rank, i) => rank !== null && ballot.set(ids[i] as string, rank));
      return ballot;
    });
    const textbook = time(() => textbookPlaces(ids, textbookPaths(ids, textbookPairs(ids, dictionaries))));
    base = textbook.ms;
    same('the textbook', expected, places(textbook.value));
    row('textbook (dictionary keyed by pairs)', textbook.ms, base);

    // `votes` takes a ballot as a list of ties; candidates without opinion are left out of the list.
    const weighted = Array.from(rows(), (ranks) => {
      const groups = new Map<number, string[]>();
      ranks.forEach(
        (rank, i) => rank !== null && groups.set(rank, [...(groups.get(rank) ?? []), ids[i] as string]),
      );
      const ranking = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
      return { ranking, weight: 1 };
    });
    const votes = time(() => new VotesSchulze(votesUtils.matrixFromBallots(weighted, [...ids])).ranking());
    row('votes 3.0.0 (npm)', votes.ms, base);
    const condorcet = new CondorcetSchulze(new Set(ids));
    for (const ballot of dictionaries) condorcet.addBallot(ballot);
    row('condorcet 0.1.0 (npm)', time(() => condorcet.rank()).ms, base);
  }
  row('elekto, whole outcome with explanation', ours.ms, base);
  for (const kernel of kernels()) {
    const run = best(5, () => {
      const { pairwise } = countPairwise(table, 'no-opinion', kernel);
      return strongestPaths(buildLinks(pairwise, { strength: 'winning', secondary: false }));
    });
    row(`elekto, pairwise and paths, ${kernel.name}`, run.ms, base);
  }
}

function closure(size: number): void {
  console.log(`\nStrongest paths among ${size} candidates`);
  const random = generator(size);
  const cells = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const prefer = Math.floor(random() * 1_000_000);
      cells[a * size + b] = prefer;
      cells[b * size + a] = 1_000_000 - prefer;
    }
  }
  const pairwise = { size, cells };
  const ours = best(3, () => strongestPaths(buildLinks(pairwise, { strength: 'winning', secondary: false })));
  let base: number | null = null;
  if (size <= 200 || !quick) {
    const ids = Array.from({ length: size }, (_, i) => String(i));
    const pairs = new Map<string, number>();
    for (const a of ids)
      for (const b of ids) if (a !== b) pairs.set(pairKey(a, b), cells[Number(a) * size + Number(b)] ?? 0);
    if (size <= 200) {
      const textbook = time(() => textbookPaths(ids, pairs));
      base = textbook.ms;
      row('textbook (dictionary keyed by pairs)', textbook.ms, base);
    }
    const typed = time(() => floydWarshall(pairwise));
    base ??= typed.ms;
    row('Floyd-Warshall on a typed array', typed.ms, base);
  }
  if (size <= 200 || !quick) {
    const candidates = Array.from({ length: size }, (_, i) => String(i));
    const array = candidates.map((_, a) => Array.from(cells.subarray(a * size, (a + 1) * size)));
    row('votes 3.0.0 (npm)', time(() => new VotesSchulze({ candidates, array }).ranking()).ms, base);
  }
  row('elekto, links and paths', ours.ms, base);
}

function floydWarshall({ size, cells }: { size: number; cells: Float64Array }): Float64Array {
  const paths = cells.map((value, at) =>
    value > (cells[(at % size) * size + Math.floor(at / size)] ?? 0) ? value : 0,
  );
  for (let via = 0; via < size; via++) {
    for (let a = 0; a < size; a++) {
      const first = paths[a * size + via] as number;
      for (let b = 0; b < size; b++) {
        const detour = Math.min(first, paths[via * size + b] as number);
        if (a !== b && detour > (paths[a * size + b] as number)) paths[a * size + b] = detour;
      }
    }
  }
  return paths;
}

/** Counts a million ballots in a process of its own, whose peak memory is then the engine's alone. */
function memory(): void {
  const { places } = count(randomTable(1_000_000, 50), { seats: 3 });
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  console.log(`  peak memory of a process that holds and counts them: ${peak} MB (${places.length} places)`);
}

const before = process.argv.indexOf('--before');
if (before > 0) {
  await besideBefore(process.argv[before + 1] ?? '.', fill);
} else if (process.argv.includes('--memory')) {
  memory();
} else {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} processors`,
  );
  whole(1_000_000, 50, false);
  process.stdout.write(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--memory']));
  whole(10_000, 20, true);
  whole(100_000, 50, !quick);
  closure(200);
  closure(1000);
  console.log(`\nPeak memory of the whole run: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
}
