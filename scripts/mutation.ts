/**
 * `npm run mutation:custody -- [parts or files]` and `npm run mutation:tally -- [parts or files]`: changes the package's sources in
 * one place at a time (which kinds of change its stryker.config.json says), runs the tests that have to notice, and prints the share
 * that they do, with each change that was left. Takes hours, so the result of each file is kept in the package's reports/, and
 * holds as long as the sources and tests of its part are the same: a run does what has no result yet and can be ended at any time,
 * the next one goes on. `-- --kept` runs nothing and prints what is kept. Fails while a file is missing, and below nine of ten: in
 * any part of the counting engine, in the whole of custody.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, filesOf, PACKAGES, type Part } from './mutation-parts.ts';
import { keep, keptOf, type Report, resultOf, summary } from './mutation-results.ts';

const GOAL = 0.9;
const [name = '', ...asked] = process.argv.slice(2);
const { each, parts } =
  PACKAGES[name] ?? fail(`there is no package ${name}: ${Object.keys(PACKAGES).join(', ')}`);
const root = join(import.meta.dirname, '../packages', name);
const files = Object.entries(parts).flatMap(([part, one]) =>
  filesOf(root, one).map((file) => ({ part, file, one })),
);
for (const word of asked)
  if (word !== '--kept' && !files.some(({ part, file }) => part === word || file === word))
    fail(`there is no part or file ${word}: ${Object.keys(parts).join(', ')}, or src/...`);

function fail(why: string): never {
  throw new Error(why);
}

function mutate(file: string, part: Part): void {
  const report = join(root, 'reports/mutation/mutation.json');
  rmSync(report, { force: true });
  const digest = digestOf(root, part);
  const { status } = spawnSync(join(root, 'node_modules/.bin/stryker'), ['run', '--mutate', file], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ELEKTO_MUTATION_TESTS: part.tests.join(',') },
  });
  if (status !== 0) fail(`the run of ${file} came to no end, and nothing of it is kept`);
  if (digestOf(root, part) !== digest)
    fail(`sources or tests changed while ${file} ran: nothing of it is kept`);
  keep(root, file, resultOf(JSON.parse(readFileSync(report, 'utf8')) as Report, digest));
}

const now = new Set<string>();
for (const { part, file, one } of files) {
  if (asked.length > 0 && !asked.includes(part) && !asked.includes(file)) continue;
  if (keptOf(root, file, digestOf(root, one)) !== null) continue;
  mutate(file, one);
  now.add(file);
}

const results = Object.entries(parts).map(([part, one]) => {
  const digest = digestOf(root, one);
  return { part, files: new Map(filesOf(root, one).map((file) => [file, keptOf(root, file, digest)])) };
});
for (const result of results.flatMap((one) => [...one.files.values()])) {
  for (const line of result?.left ?? []) process.stdout.write(`left: ${line}\n`);
  for (const line of result?.byClock ?? []) process.stdout.write(`stopped by the clock: ${line}\n`);
}
const { lines, reached } = summary(results, now, GOAL, each);
process.stdout.write(`${lines.join('\n')}\n`);
if (!reached) process.exitCode = 1;
