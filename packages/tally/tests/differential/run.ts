/**
 * `npm run differential:tally`: every method on random elections against its definition and against packages of
 * the registry. `--elections N` (40,000, so that each method is compared 10,000 times where a definition or a package answers) and `--seed N`.
 */
import { compareMany } from './compare.ts';

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const elections = option('--elections', 40_000);
const seed = option('--seed', 1);
const { tally, differences } = compareMany(elections, seed);
for (const [what, times] of tally) console.log(`${String(times).padStart(8)}  ${what}`);
for (const difference of differences) console.log(JSON.stringify(difference));
console.log(`${elections} elections, seed ${seed}: ${differences.length} differences`);
process.exitCode = differences.length === 0 ? 0 : 1;
