/**
 * Brings what the project needs to run into `.toolchain/`: Node 24 and pnpm 12, both as packages of
 * the npm registry. Runs under any Node >= 20, before anything is installed, so it imports nothing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const NODE_VERSION = '24.21.0';
const NODE_MAJOR = 24;
const PNPM_VERSION = '12.21.0';
const home = join(root, '.toolchain');

/** Ends the run with one line for a person. */
export function fail(message) {
  process.stderr.write(`elekto: ${message}\n`);
  process.exit(1);
}

const say = (message) => process.stderr.write(`elekto: ${message}\n`);

/** npm's package that holds only the Node binary of this machine (what the `node` package installs). */
function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

/** Where npm and pnpm keep what they fetched: below .toolchain/ for an account whose home cannot be written. */
function caches() {
  try {
    accessSync(homedir(), constants.W_OK | constants.X_OK);
    return {};
  } catch {
    const below = (name) => join(home, 'cache', name);
    return {
      npm_config_cache: below('npm'),
      XDG_CACHE_HOME: below('cache'),
      XDG_DATA_HOME: below('data'),
      XDG_STATE_HOME: below('state'),
    };
  }
}

/**
 * Where npm keeps a copy of what it fetches once: the cache of whoever has one already; else one that is removed afterwards,
 * as npm is not asked again: the packages come by pnpm, from a store that shares its files with node_modules.
 */
function npmCache() {
  const own = join(home, 'cache', 'npm');
  const known = { ...process.env, ...caches() }.npm_config_cache ?? join(homedir(), '.npm');
  const has = known !== own && existsSync(join(known, '_cacache'));
  return { cache: has ? known : own, passing: !has };
}

function npmInstall(specs) {
  mkdirSync(home, { recursive: true });
  const { cache, passing } = npmCache();
  if (!existsSync(join(home, 'package.json')))
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
    '--save-exact',
    ...specs,
  ];
  const done = spawnSync('npm', args, {
    cwd: home,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, ...caches(), npm_config_cache: cache },
  });
  if (done.error) fail(`npm could not be started (${done.error.message}). Install npm, then try again.`);
  if (done.status !== 0)
    fail(
      `npm could not fetch ${specs.join(' and ')}. Check the network and the npm registry, then try again.`,
    );
  if (passing) rmSync(cache, { recursive: true, force: true });
}

function versionOf(packageName) {
  try {
    return JSON.parse(readFileSync(join(home, 'node_modules', packageName, 'package.json'), 'utf8')).version;
  } catch {
    return null;
  }
}

const ownNode = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;

function toolPaths() {
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return {
    node: ownNode ? process.execPath : join(home, 'node_modules', nodePackage(), binary),
    pnpm: join(home, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs'),
  };
}

/**
 * Paths of a Node >= 24 and of pnpm's entry file; fetched when missing. Where an election only runs, pnpm is there as long
 * as something is to be installed: it is 70 MB.
 */
export function ensureToolchain(what = 'everything') {
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node ${process.versions.node} is too old to begin with. Install Node 20 or newer, then try again.`);
  const tools = toolPaths();
  const wanted = [];
  if (!ownNode && versionOf(nodePackage()) !== NODE_VERSION) wanted.push(`${nodePackage()}@${NODE_VERSION}`);
  const pnpmNeeded = what === 'everything' || !installed(tools, what).done;
  if (pnpmNeeded && versionOf('pnpm') !== PNPM_VERSION) wanted.push(`pnpm@${PNPM_VERSION}`);
  if (wanted.length > 0) {
    say(`fetching ${wanted.join(' and ')} from the npm registry into .toolchain/ ...`);
    npmInstall(wanted);
    // Headers for who compiles against Node, which nobody does here: a third of it.
    rmSync(join(home, 'node_modules', nodePackage(), 'include'), { recursive: true, force: true });
  }
  return tools;
}

/** `.toolchain/bin/node`: this Node under a path that is the same on every machine, for what starts the server. */
export function linkNode(tools) {
  if (process.platform === 'win32') return;
  const link = join(home, 'bin', 'node');
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(tools.node, link);
}

/**
 * The environment in which `node` and the workspace's commands are the project's own. Each process finds what an earlier
 * one has compiled, kept beside the packages and as safe as they are.
 */
export function environment(tools) {
  const path = [dirname(tools.node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(
    delimiter,
  );
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled');
  return {
    ...process.env,
    ...caches(),
    NODE_COMPILE_CACHE: compiled,
    PATH: path,
    ELEKTO_PNPM: tools.pnpm,
  };
}

const stamp = join(root, 'node_modules', '.elekto-installed');

/** Whether `what` is installed as the lockfile says, and of what was installed before all that the tests need was part. */
function installed(tools, what) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(tools.node)
    .digest('hex');
  const [had, before] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
  return {
    lock,
    hasEverything: before === 'everything',
    done: had === lock && (before === 'everything' || before === what),
  };
}

/**
 * Installs what is missing since the lockfile changed; otherwise does nothing. `what` is `running` for what an
 * election needs, or `everything`, with what tests, desktop packaging and measurements need besides: two thirds
 * of all packages. Everything once installed stays installed. Each package is checked against the digest in the
 * lockfile. Whether the lockfile itself keeps to the rules for what may stand in it (how old a release has to be), the
 * registry is asked about every package in it: that is done where it may have changed, with `everything`.
 */
export function ensureInstalled(tools, what = 'everything') {
  const { lock, hasEverything, done: isDone } = installed(tools, what);
  if (isDone) return;
  const running = what === 'running' && !hasEverything;
  say('installing the packages named in pnpm-lock.yaml ...');
  const args = [
    tools.pnpm,
    'install',
    '--frozen-lockfile',
    ...(running ? ['--prod', '--trust-lockfile'] : []),
    '--reporter=append-only',
    '--config.confirm-modules-purge=false',
  ];
  const done = spawnSync(tools.node, args, { cwd: root, stdio: ['ignore', 2, 2], env: environment(tools) });
  if (done.status !== 0)
    fail(
      'the packages could not be installed (see above). Check the network and free disk space, then try again.',
    );
  writeFileSync(stamp, `${lock} ${running ? 'running' : 'everything'}`);
  if (running)
    for (const name of ['pnpm', '@pnpm'])
      rmSync(join(home, 'node_modules', name), { recursive: true, force: true });
}
