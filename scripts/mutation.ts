/**
 * `npm run mutation:custody -- [parts]` and `npm run mutation:tally -- [parts]`: changes the package's sources in one place at a
 * time (which kinds of change its stryker.config.json says), runs the tests that have to notice, and prints the share that they
 * do, with each change that was left. Takes long; by part (`-- mix decrypt`) it can be done in pieces, and the shares of earlier
 * pieces are kept in the package's reports/. Fails below nine of ten: in any part of the counting engine, in the whole of custody.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const GOAL = 0.9;
/** A part: the folder of its sources, and the folders below src whose tests have to notice. */
interface Part {
  readonly sources: string;
  readonly tests: readonly string[];
}
interface Package {
  readonly each: boolean;
  readonly parts: Readonly<Record<string, Part>>;
}
const PACKAGES: Readonly<Record<string, Package>> = {
  custody: {
    each: false,
    parts: {
      ground: { sources: 'src', tests: ['.'] },
      group: { sources: 'src/group', tests: ['group'] },
      ballot: { sources: 'src/ballot', tests: ['ballot'] },
      ceremony: { sources: 'src/ceremony', tests: ['ceremony'] },
      mix: { sources: 'src/mix', tests: ['mix'] },
      decrypt: { sources: 'src/decrypt', tests: ['board'] },
      board: { sources: 'src/board', tests: ['board'] },
    },
  },
  tally: {
    each: true,
    parts: {
      pairwise: { sources: 'src/pairwise', tests: ['pairwise'] },
      graph: { sources: 'src/graph', tests: ['graph'] },
      report: { sources: 'src/report', tests: ['report'] },
      seats: { sources: 'src/seats', tests: ['seats', '.'] },
      ballots: { sources: 'src/ballots', tests: ['ballots'] },
      methods: { sources: 'src/methods', tests: ['methods', 'seats', 'stv', '.'] },
      stv: { sources: 'src/stv', tests: ['stv', 'methods', 'seats', '.'] },
      count: { sources: 'src', tests: ['.', 'methods', 'seats', 'stv'] },
    },
  },
};

const [name = '', ...asked] = process.argv.slice(2);
const { each, parts } =
  PACKAGES[name] ?? fail(`there is no package ${name}: ${Object.keys(PACKAGES).join(', ')}`);
const root = join(import.meta.dirname, '../packages', name);

interface Score {
  readonly noticed: number;
  readonly changed: number;
}

function fail(why: string): never {
  throw new Error(why);
}

interface Mutant {
  readonly status: string;
  readonly statusReason?: string;
  readonly replacement: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

const fileOf = (part: string): string => join(root, `reports/mutation-${part}.json`);

function mutate(part: string, { sources, tests }: Part): void {
  const left = ['*.test.ts', 'testing.ts', 'index.ts', 'model.ts'].map((one) => `!${sources}/${one}`);
  spawnSync(
    join(root, 'node_modules/.bin/stryker'),
    ['run', '--mutate', [`${sources}/*.ts`, ...left].join(',')],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ELEKTO_MUTATION_TESTS: tests.join(',') },
    },
  );
  const report = JSON.parse(readFileSync(join(root, 'reports/mutation/mutation.json'), 'utf8')) as {
    files: Record<string, { mutants: Mutant[] }>;
  };
  const all = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  // A loop that ran a hundred times as often is endless; the clock alone may only say that the machine was busy.
  for (const [file, { mutants }] of Object.entries(report.files))
    for (const { status, statusReason = '', location, replacement } of mutants)
      if (status === 'Timeout' && !statusReason.startsWith('Hit limit'))
        process.stdout.write(
          `stopped by the clock: ${file}:${location.start.line}:${location.start.column} ${replacement}\n`,
        );
  const noticed = all.filter((status) => status === 'Killed' || status === 'Timeout').length;
  const missed = all.filter((status) => status === 'Survived' || status === 'NoCoverage').length;
  mkdirSync(join(root, 'reports'), { recursive: true });
  writeFileSync(fileOf(part), JSON.stringify({ noticed, changed: noticed + missed } satisfies Score));
}

for (const part of asked.length > 0 ? asked : Object.keys(parts))
  mutate(part, parts[part] ?? fail(`there is no part ${part}: ${Object.keys(parts).join(', ')}`));

const isBelow = ({ noticed, changed }: Score): boolean => noticed < GOAL * changed;
function print(what: string, score: Score): void {
  const share = `${((100 * score.noticed) / Math.max(score.changed, 1)).toFixed(1)} %`;
  const [changed, noticed] = [String(score.changed).padStart(5), String(score.noticed).padStart(5)];
  process.stdout.write(`${what.padEnd(10)} ${changed} changed ${noticed} noticed ${share}\n`);
  if (isBelow(score) && (each || what === 'mutation')) process.exitCode = 1;
}

let whole: Score = { noticed: 0, changed: 0 };
const missing: string[] = [];
for (const part of Object.keys(parts)) {
  if (!existsSync(fileOf(part))) {
    missing.push(part);
    continue;
  }
  const score = JSON.parse(readFileSync(fileOf(part), 'utf8')) as Score;
  whole = { noticed: whole.noticed + score.noticed, changed: whole.changed + score.changed };
  print(part, score);
}
print('mutation', whole);
if (missing.length > 0) process.stdout.write(`not run yet: ${missing.join(', ')}\n`);
