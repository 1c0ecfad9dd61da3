/**
 * Runs one of the project's commands under its own Node and pnpm, installing both and the packages
 * first when they are missing: `node scripts/run.mjs <command> [arguments]`. Speaks on standard error
 * only, so that a command's output can be piped.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, ensureToolchain, environment, fail, linkNode, root, tidy } from './toolchain.mjs';

const commands = {
  start: ['scripts/start.ts'],
  build: ['scripts/build.ts'],
  test: ['scripts/test.ts'],
  lint: ['scripts/test.ts', '--only=lint'],
  types: ['scripts/test.ts', '--only=types'],
  format: ['node_modules/oxfmt/bin/oxfmt', '.'],
  vitest: ['node_modules/vitest/vitest.mjs'],
  'test:faults': ['node_modules/vitest/vitest.mjs', 'run', '--project=faults'],
  elekto: ['packages/cli/src/main.ts'],
  'bench:tally': ['packages/tally/bench/bench.ts'],
  'pack:tally': ['scripts/pack-tally.ts'],
  'differential:tally': ['packages/tally/tests/differential/run.ts'],
  'bench:formats': ['packages/formats/bench/bench.ts'],
  'bench:roll': ['packages/roll-sources/bench/bench-roll.ts'],
  'bench:cast': ['packages/ballot-box/bench/bench-cast.ts'],
  'bench:count': ['packages/ballot-box/bench/bench-count.ts'],
  'bench:publish': ['apps/server/bench/publish.ts'],
  'bench:lighthouse': ['site/e2e/lighthouse.ts'],
  'bench:load': ['apps/server/bench/load.ts'],
  'bench:many': ['tests/bench-many.ts'],
  'bench:small': ['apps/server/bench/small.ts'],
  'bench:hostile': ['apps/server/bench/hostile.ts'],
  'bench:console': ['apps/console/bench/bench-console.ts'],
  'bench:custody': ['packages/custody/bench/bench-custody.ts'],
  'bench:verify': ['packages/cli/bench/bench-verify.ts'],
  'bench:verify-page': ['site/e2e/verify-page.ts'],
  'bench:ballot': ['site/e2e/lag.ts'],
  pictures: ['site/e2e/pictures.ts'],
  'journey:browsers': ['site/e2e/browsers/run.ts'],
  'hold:officers': ['scripts/hold-officers.ts'],
  'mutation:custody': ['scripts/mutation.ts', 'custody'],
  'mutation:tally': ['scripts/mutation.ts', 'tally'],
  insider: ['packages/ballot-box/tests/random-insider/run.ts'],
  soak: ['apps/server/bench/soak.ts'],
  'soak:faults': ['apps/server/bench/soak-faults.ts'],
  image: ['scripts/image.ts'],
  sbom: ['scripts/sbom.ts'],
  'pictures:console': ['apps/console/scripts/pictures.ts'],
  console: ['apps/console/scripts/dev.ts'],
  'console:web': ['apps/console/scripts/web.ts'],
};

/** What works with the packages of a running election; all else asks for those of the tests too. */
const running = new Set(['start', 'build', 'elekto']);

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined)
  fail(`there is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);

const what = running.has(name) ? 'running' : 'everything';
const tools = ensureToolchain(what);
await ensureInstalled(tools, what);
if (name === 'build') linkNode(tools);

// The paths that `elekto` is given are those of the person who types them; npm itself moves to the checkout.
const cwd = name === 'elekto' ? (process.env.INIT_CWD ?? process.cwd()) : root;
const [script = '', ...options] = command;

const child = spawn(tools.node, [join(root, script), ...options, ...rest], {
  cwd,
  stdio: 'inherit',
  env: environment(tools),
});
// Passed on also when a terminal has already sent it to the whole group: a second one changes nothing.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`${command[0]} could not be started: ${error.message}`));
// While the command begins.
setImmediate(tidy);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
