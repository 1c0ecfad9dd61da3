import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import * as ours from '../src/index.ts';

type Engine = Pick<typeof ours, 'BallotTable' | 'count'>;

/** What is counted: a method, ballots and candidates. */
const CASES = [
  ['schulze', 10_000, 20],
  ['schulze', 100_000, 50],
  ['schulze', 2_000, 200],
  ['ranked-pairs', 2_000, 100],
  ['borda', 100_000, 50],
  ['irv', 5_000, 20],
  ['scottish-stv', 5_000, 20],
] as const;

const TURNS = 20;
/** Milliseconds that one measurement takes at least, so that the clock's own steps do not matter. */
const WORTH = 50;

/** Processor time of one count, in milliseconds, over so many of them. */
function milliseconds(work: () => unknown, times: number): number {
  const start = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}

/**
 * Counts with this engine and with that of another checkout by turns, so that both meet the same machine, and prints the
 * least processor time of each and their ratio: below 1 this one is faster.
 * @param checkout the folder of the other one, with its packages installed.
 * @param fill gives a table the same ballots in every call.
 */
export async function besideBefore(
  checkout: string,
  fill: (table: ours.BallotTable, ballots: number) => void,
): Promise<void> {
  const path = join(checkout, 'packages/tally/src/index.ts');
  const before = (await import(pathToFileURL(path).href)) as Engine;
  for (const [method, ballots, size] of CASES) {
    const candidates = Array.from({ length: size }, (_, i) => `c${String(i).padStart(3, '0')}`);
    const counts = [ours, before].map(({ BallotTable, count }) => {
      const table = new BallotTable(candidates);
      fill(table, ballots);
      return () => count(table, { method, seats: 3 });
    });
    const times = Math.max(1, Math.round(WORTH / Math.max(...counts.map((work) => milliseconds(work, 1)))));
    const least = [Infinity, Infinity];
    for (let turn = 0; turn < TURNS; turn++) {
      // Who goes first pays for what the other one left behind, so they take turns in that, too.
      for (const i of turn % 2 === 0 ? [0, 1] : [1, 0])
        least[i] = Math.min(least[i] as number, milliseconds(counts[i] as () => unknown, times));
    }
    const [now = 0, then = 0] = least;
    console.log(
      `${method.padEnd(13)} ${String(ballots).padStart(7)} x ${String(size).padEnd(4)} ` +
        `now ${now.toFixed(2).padStart(8)} ms, before ${then.toFixed(2).padStart(8)} ms, ratio ${(now / then).toFixed(2)}`,
    );
  }
}
