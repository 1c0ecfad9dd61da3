/**
 * Brings what the project needs to run into `.toolchain/`: Node 24 and pnpm 12, both as packages of
 * the npm registry. Runs under any Node >= 20, before anything is installed, so it imports
 * nothing that has to be installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leaveOut } from './leave-out.mjs';

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

/** pnpm's package that holds only its program for this machine, which needs no Node. */
function pnpmPackage() {
  const isMusl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `@pnpm/exe.${process.platform}-${process.arch}${isMusl ? '-musl' : ''}`;
}

/** Apart from Node, as it goes again. */
const pnpmHome = join(home, 'pnpm');

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

function fetchPnpm() {
  const wanted = `${pnpmPackage()}@${PNPM_VERSION}`;
  say(`fetching pnpm ${PNPM_VERSION} from the npm registry into .toolchain/ ...`);
  mkdirSync(pnpmHome, { recursive: true });
  const { cache, passing } = npmCache();
  writeFileSync(join(pnpmHome, 'package.json'), '{ "private": true }\n');
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--no-package-lock',
    '--ignore-scripts',
    '--loglevel=error',
    wanted,
  ];
  const done = spawnSync('npm', args, {
    cwd: pnpmHome,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, ...caches(), npm_config_cache: cache },
  });
  if (done.error) fail(`npm could not be started (${done.error.message}). Install npm, then try again.`);
  if (done.status !== 0)
    fail(`npm could not fetch ${wanted}. Check the network and the npm registry, then try again.`);
  if (passing) rmSync(cache, { recursive: true, force: true });
  // Where it was before, with what wrapped it.
  for (const name of ['pnpm', '@pnpm'])
    rmSync(join(home, 'node_modules', name), { recursive: true, force: true });
}

function versionOf(packageDir) {
  try {
    return JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')).version;
  } catch {
    return null;
  }
}

const ownNode = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;
const nodeDir = join(home, 'node_modules', nodePackage());
const lacksNode = () => !ownNode && versionOf(nodeDir) !== NODE_VERSION;

function toolPaths() {
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const pnpm = process.platform === 'win32' ? 'pnpm.exe' : 'pnpm';
  return {
    node: ownNode ? process.execPath : join(nodeDir, binary),
    pnpm: join(pnpmHome, 'node_modules', pnpmPackage(), pnpm),
  };
}

/**
 * Paths of a Node >= 24, which `ensureInstalled` brings, and of pnpm; that is fetched when something is to be installed. Where an
 * election only runs it is there no longer than that: it is 65 MB.
 */
export function ensureToolchain(what = 'everything') {
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node ${process.versions.node} is too old to begin with. Install Node 20 or newer, then try again.`);
  const tools = toolPaths();
  const pnpmNeeded = what === 'everything' || lacksNode() || !installed(tools, what).done;
  if (pnpmNeeded && versionOf(dirname(tools.pnpm)) !== PNPM_VERSION) fetchPnpm();
  return tools;
}

/** Runs pnpm; what it said and whether it went well. `shown` lets a person read it as it comes. */
function runPnpm(tools, args, { cwd = root, shown = false } = {}) {
  const child = spawn(tools.pnpm, args, {
    cwd,
    stdio: ['ignore', shown ? 2 : 'pipe', shown ? 2 : 'pipe'],
    env: environment(tools),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, said: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, said }));
  });
}

/** Fetches Node by pnpm, in less than half the time of npm. Of its package the program stays: the rest is for who compiles against it. */
async function fetchNode(tools, store) {
  say(`fetching Node ${NODE_VERSION} from the npm registry into .toolchain/ ...`);
  const place = join(home, 'fetched');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  const args = ['--ignore-workspace', '--ignore-scripts', '--config.minimum-release-age=0', ...store];
  const wanted = `${nodePackage()}@${NODE_VERSION}`;
  const { ok, said } = await runPnpm(tools, ['add', ...args, wanted], { cwd: place });
  if (!ok)
    fail(`pnpm could not fetch ${wanted}:\n${said}\nCheck the network and the npm registry, then try again.`);
  const fetched = realpathSync(join(place, 'node_modules', nodePackage()));
  for (const name of ['include', 'share']) rmSync(join(fetched, name), { recursive: true, force: true });
  rmSync(nodeDir, { recursive: true, force: true });
  mkdirSync(dirname(nodeDir), { recursive: true });
  renameSync(fetched, nodeDir);
  rmSync(place, { recursive: true, force: true });
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

/** Whether `what` is installed as the lockfile says, and what was installed before. */
function installed(tools, what) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(tools.node)
    .digest('hex');
  const [had, before] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
  return {
    lock,
    hasEverything: before === 'everything',
    hasRunning: before === 'running',
    done: had === lock && (before === 'everything' || before === what),
  };
}

const passingStore = join(home, 'cache', 'pnpm');

/**
 * Where pnpm keeps what a running election needs, as its arguments: the store of whoever has one, which shares its files with node_modules.
 * Where there is none it is kept nowhere else: `tidy` takes the store away.
 */
async function storeOfRunning(tools) {
  const { ok, said } = await runPnpm(tools, ['store', 'path']);
  if (ok && existsSync(said.trim())) return [];
  return [`--store-dir=${join(passingStore, 'store')}`, `--config.cache-dir=${join(passingStore, 'cache')}`];
}

/**
 * Brings Node, and installs what is missing since the lockfile changed; both at once, and nothing where nothing is missing. `what` is
 * `running` for what an election needs, or `everything`, with what tests, desktop packaging and measurements need besides: two thirds
 * of all packages. Everything once installed stays installed. Each package is checked against the digest in the
 * lockfile. Whether the lockfile itself keeps to the rules for what may stand in it (how old a release has to be), the
 * registry is asked about every package in it: that is done where it may have changed, with `everything`.
 */
export async function ensureInstalled(tools, what = 'everything') {
  const { lock, hasEverything, hasRunning, done } = installed(tools, what);
  if (done && !lacksNode()) return;
  const running = what === 'running' && !hasEverything;
  const store = running ? await storeOfRunning(tools) : [];
  const node = lacksNode() ? fetchNode(tools, store) : null;
  if (!done) {
    // Parts of packages were left out.
    if (!running && hasRunning) rmSync(join(root, 'node_modules'), { recursive: true, force: true });
    say('installing the packages named in pnpm-lock.yaml ...');
    const { ok } = await runPnpm(
      tools,
      [
        'install',
        '--frozen-lockfile',
        ...(running ? ['--prod', '--trust-lockfile'] : []),
        '--reporter=append-only',
        '--config.confirm-modules-purge=false',
        // Node is on its way.
        `--config.node-version=${NODE_VERSION}`,
        ...store,
      ],
      { shown: true },
    );
    if (!ok)
      fail(
        'the packages could not be installed (see above). Check the network and free disk space, then try again.',
      );
    writeFileSync(stamp, `${lock} ${running ? 'running' : 'everything'}`);
  }
  await node;
}

/**
 * Takes away what only installing needs, and of the packages what nothing reads, where an election only runs. pnpm goes last: where this
 * is cut off, it is done again the next time.
 */
export function tidy() {
  if (!existsSync(pnpmHome) || !existsSync(stamp) || !readFileSync(stamp, 'utf8').endsWith(' running'))
    return;
  leaveOut(join(root, 'node_modules', '.pnpm'));
  for (const place of [passingStore, pnpmHome]) rmSync(place, { recursive: true, force: true });
}
