/**
 * `npm test`: lint, types and every test, in one run that ends with the line `N passed, N failed`.
 * `--only=lint|types|tests` runs a part. What cannot run fails, it is never left out in silence; tests
 * that say themselves why they did not run here are named and counted as skipped.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const report = join(root, 'artifacts', 'tests.json');

interface Step {
  readonly part: 'lint' | 'types' | 'tests';
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Programs in Go collect their garbage when it is four times what they hold: a third of their work, for 2 GB at most. */
const HARDLY_COLLECTS = { GOGC: '400' };

/** Where code is. */
const CODE = ['apps', 'packages', 'site', 'scripts', 'tests'] as const;

const steps: readonly Step[] = [
  {
    part: 'tests',
    title: 'what runs in browsers and renders pages is bundled, once for all servers of the tests',
    command: process.execPath,
    args: [join(root, 'scripts/build.ts')],
  },
  {
    part: 'lint',
    title: "code follows the project's own rules (eslint)",
    command: bin('eslint'),
    args: ['--max-warnings=0', '.'],
  },
  {
    part: 'lint',
    // A promise that nobody waits for loses its error; only the types tell one. The native compiler's types, at a fifth of the time.
    title: 'code follows the rules, and promises are waited for (oxlint)',
    command: bin('oxlint'),
    args: ['--type-aware', '--max-warnings=0', '.'],
    env: HARDLY_COLLECTS,
  },
  {
    part: 'lint',
    // Prettier's style at a fiftieth of the time.
    title: 'code is formatted (oxfmt)',
    command: bin('oxfmt'),
    args: ['--check', '.'],
  },
  {
    part: 'lint',
    title: 'imports point one way (dependency-cruiser)',
    command: bin('depcruise'),
    args: [...CODE, '--output-type=err'],
  },
  {
    part: 'lint',
    title: 'imports point one way in the pages (.astro)',
    command: process.execPath,
    args: [join(root, 'scripts/astro-imports.ts')],
  },
  {
    part: 'lint',
    title: 'nothing is left unused: files, exports, packages (knip)',
    command: bin('knip'),
    // Not every package has every kind of entry that they are asked for together.
    args: ['--no-progress', '--no-config-hints'],
  },
  {
    part: 'types',
    title: 'types hold (tsc)',
    // The native compiler; `typescript` itself is the one that eslint and `astro check` are programs of.
    command: process.execPath,
    // One checker: four, beside each other, look at much twice.
    args: [join(root, 'node_modules/typescript-native/bin/tsc'), '-p', '.', '--checkers', '1'],
    env: HARDLY_COLLECTS,
  },
  {
    part: 'types',
    title: 'types hold in the pages (astro check)',
    command: join(root, 'site/node_modules/.bin/astro'),
    // The pages alone: the sources beside them are among those that tsc is given.
    args: ['check', '--minimumFailingSeverity=error', '--tsconfig', 'tsconfig.pages.json'],
    cwd: join(root, 'site'),
  },
];

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
let passed = 0;
let failed = 0;
let skipped = 0;

function run(title: string, command: string, args: readonly string[]): boolean {
  process.stdout.write(`\n> ${title}\n`);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.error) process.stdout.write(`${command} could not be started: ${done.error.message}\n`);
  return done.status === 0;
}

/** Steps at once: each of them uses one processor for the most part. */
const AT_ONCE = 2;

/** Runs a step to its end; what it says is told in one piece then. */
async function runStep(step: Step): Promise<void> {
  const child = spawn(step.command, step.args, {
    cwd: step.cwd ?? root,
    env: { ...process.env, ...step.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void (said += text));
  const status = await Promise.race([
    once(child, 'close').then(([code]) => code as number | null),
    once(child, 'error').then(([error]) => {
      said += `${step.command} could not be started: ${(error as Error).message}\n`;
      return null;
    }),
  ]);
  process.stdout.write(`\n> ${step.title}\n${said}`);
  if (status === 0) passed += 1;
  else {
    failed += 1;
    process.stdout.write(`FAILED: ${step.title}\n`);
  }
}

const tests = only === undefined || only === 'tests';
// Servers and tries to install belong to this run, whichever of its processes asks.
process.env['ELEKTO_TEST_RUN'] = String(process.pid);
const machine = tests
  ? runStep({
      part: 'tests',
      title: 'the machine has what the tests need of it',
      command: process.execPath,
      args: [join(root, 'scripts/machine.ts')],
    })
  : null;

const asked = steps.filter(({ part }) => only === undefined || only === part).values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const step of asked) await runStep(step);
  }),
);
await machine;

if (tests) {
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  rmSync(report, { force: true });
  process.env['ELEKTO_CHROMIUM'] = ensureChromium();
  const projects = ['unit', 'apart', 'tests', 'sealing', 'e2e'].map((name) => `--project=${name}`);
  const green = run('tests (vitest)', bin('vitest'), [
    'run',
    ...projects,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    `--reporter=${join(root, 'scripts/second-tries.ts')}`,
    `--reporter=${join(root, 'scripts/dearest.ts')}`,
  ]);
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    passed += counts.numPassedTests;
    skipped += counts.numPendingTests + counts.numTodoTests;
    // A file that cannot be loaded fails without a failed test in it, and so does an error outside of any test.
    const brokenFiles = counts.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    const failures = counts.numFailedTests + brokenFiles.length;
    failed += failures === 0 && !green ? 1 : failures;
    for (const file of counts.testResults)
      for (const test of file.assertionResults)
        if (test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
          process.stdout.write(`not run: ${test.fullName}\n`);
    if (counts.numPassedTests === 0) failed += 1;
  } catch {
    failed += 1;
    process.stdout.write('FAILED: vitest ended without a report\n');
  }
}

if (skipped > 0) process.stdout.write(`\n${skipped} not run, for the reasons above\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
