/**
 * `npm run insider`: random stories of an election whose database somebody writes between any two calls. `--runs N`
 * (2,000), `--seed S` (at random), `--database sqlite` or `postgresql` (both), `--path P` of a counterexample.
 */
import { randomInt } from 'node:crypto';
import { DIALECTS } from '../support.ts';
import type { DialectName } from '../support.ts';
import { search } from './search.ts';

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const runs = Number(option('--runs') ?? 2000);
const seed = Number(option('--seed') ?? randomInt(2 ** 31));
const only = option('--database') as DialectName | undefined;
for (const dialect of only === undefined ? DIALECTS : [only]) {
  const start = performance.now();
  const { honest, refused, counterexample } = await search({ dialect, runs, seed, path: option('--path') });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `${dialect}, seed ${seed}, ${seconds} s: ${honest} counted as the honest did, ${refused} refused with a reason`,
  );
  if (counterexample === null) continue;
  console.log(counterexample);
  process.exitCode = 1;
}
