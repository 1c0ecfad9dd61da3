/**
 * `npm run mutation:custody -- [parts]`: changes the comparisons, conditions and conjunctions of this package one at a time, runs
 * the tests of the part they are in, and prints which share of the changes the tests notice. Takes long; by part
 * (`-- mix decrypt`) it can be done in pieces, and the shares of earlier pieces are kept in reports/.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const GOAL = 0.9;
/** A part, the folder of its sources and the folder of the tests that have to notice. */
const PARTS: Readonly<Record<string, { sources: string; tests: string }>> = {
  ground: { sources: 'src', tests: '.' },
  group: { sources: 'src/group', tests: 'group' },
  ballot: { sources: 'src/ballot', tests: 'ballot' },
  ceremony: { sources: 'src/ceremony', tests: 'ceremony' },
  mix: { sources: 'src/mix', tests: 'mix' },
  decrypt: { sources: 'src/decrypt', tests: 'board' },
  board: { sources: 'src/board', tests: 'board' },
};

interface Score {
  readonly noticed: number;
  readonly changed: number;
}

const fileOf = (part: string): string => join(root, `reports/mutation-${part}.json`);

function mutate(part: string): void {
  const { sources, tests } = PARTS[part] as { sources: string; tests: string };
  const files = [
    `${sources}/*.ts`,
    ...['*.test.ts', 'testing.ts', 'index.ts'].map((one) => `!${sources}/${one}`),
  ];
  spawnSync(join(root, 'node_modules/.bin/stryker'), ['run', '--mutate', files.join(',')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ELEKTO_PART: tests },
  });
  const report = JSON.parse(readFileSync(join(root, 'reports/mutation/mutation.json'), 'utf8')) as {
    files: Record<string, { mutants: { status: string }[] }>;
  };
  const all = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const noticed = all.filter((status) => status === 'Killed' || status === 'Timeout').length;
  const missed = all.filter((status) => status === 'Survived' || status === 'NoCoverage').length;
  mkdirSync(join(root, 'reports'), { recursive: true });
  writeFileSync(fileOf(part), JSON.stringify({ noticed, changed: noticed + missed } satisfies Score));
}

const asked = process.argv.slice(2);
for (const part of asked.length > 0 ? asked : Object.keys(PARTS)) {
  if (!Object.hasOwn(PARTS, part))
    throw new Error(`there is no part ${part}: ${Object.keys(PARTS).join(', ')}`);
  mutate(part);
}

const percent = ({ noticed, changed }: Score): string =>
  `${((100 * noticed) / Math.max(changed, 1)).toFixed(1)} %`;
const line = (name: string, score: Score): void =>
  void process.stdout.write(
    `${name.padEnd(10)} ${String(score.changed).padStart(5)} changed ${String(score.noticed).padStart(5)} noticed ${percent(score)}\n`,
  );
let whole: Score = { noticed: 0, changed: 0 };
const missing: string[] = [];
for (const part of Object.keys(PARTS)) {
  if (!existsSync(fileOf(part))) {
    missing.push(part);
    continue;
  }
  const score = JSON.parse(readFileSync(fileOf(part), 'utf8')) as Score;
  whole = { noticed: whole.noticed + score.noticed, changed: whole.changed + score.changed };
  line(part, score);
}
line('mutation', whole);
if (missing.length > 0) process.stdout.write(`not run yet: ${missing.join(', ')}\n`);
if (whole.noticed < GOAL * whole.changed) process.exitCode = 1;
