/**
 * `npm run bench:small`: the first start of all, with empty directories, of a server to which the kernel gives 256 MB and no swap: itself, the build of the pages beside it, and
 * what of files is in memory. The reference is the same start without a limit. As root, for the memory cgroup. Ends with 1 when it does not become ready or something of it is killed.
 */
import { startFakeGitHub } from '@elekto/testing/fake-github';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startInstalled } from './support/flags.ts';
import { machine } from './support/machine.ts';
import { printTable } from './support/table.ts';

const MB = 2 ** 20;
const LIMIT = 256;
const META = join(import.meta.dirname, '../../../examples/driftwood');

/** The names of the same things in both versions of cgroups; `limits` are written in this order. */
const VERSIONS = {
  v2: {
    root: '/sys/fs/cgroup',
    peak: 'memory.peak',
    limits: (mb: number) => [
      ['memory.max', mb * MB],
      ['memory.swap.max', 0],
    ],
    kills: 'memory.events',
  },
  v1: {
    root: '/sys/fs/cgroup/memory',
    peak: 'memory.max_usage_in_bytes',
    limits: (mb: number) => [
      ['memory.limit_in_bytes', mb * MB],
      ['memory.memsw.limit_in_bytes', mb * MB],
    ],
    kills: 'memory.oom_control',
  },
} as const;

function version(): (typeof VERSIONS)[keyof typeof VERSIONS] {
  const there = Object.values(VERSIONS).find(({ root, peak }) => {
    const probe = join(root, `elekto-probe-${process.pid}`);
    try {
      mkdirSync(probe);
      const has = existsSync(join(probe, peak));
      rmdirSync(probe);
      return has;
    } catch {
      return false;
    }
  });
  if (there !== undefined) return there;
  console.error('No memory cgroup can be made here: this asks for root, and Linux.');
  process.exit(2);
}

const cgroups = version();
const gitHub = await startFakeGitHub({ people: [] });

interface Start {
  readonly ready: boolean;
  readonly seconds: number;
  readonly peak: number;
  readonly kills: number;
}

/** Starts it in a group of its own; `limit` in MB, null for none. */
async function start(limit: number | null): Promise<Start> {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-small-'));
  const group = join(cgroups.root, `elekto-small-${process.pid}`);
  mkdirSync(group);
  if (limit !== null)
    for (const [file, value] of cgroups.limits(limit)) writeFileSync(join(group, file), String(value));
  const env = {
    ELEKTO_META: META,
    ELEKTO_DATA_DIR: join(dir, 'data'),
    ELEKTO_SECRETS_DIR: join(dir, 'keys'),
    ELEKTO_DEMO_SIGN_IN: gitHub.url,
    NODE_ENV: 'production',
  };
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const prelude = `echo $$ >${join(group, 'cgroup.procs')}`;
  const server = await startInstalled(env, { prelude }).catch((error: Error) => error);
  const after = seconds();
  const told = {
    ready: !(server instanceof Error),
    seconds: after,
    peak: Number(readFileSync(join(group, cgroups.peak), 'utf8')) / MB,
    kills: Number(/^oom_kill (\d+)/m.exec(readFileSync(join(group, cgroups.kills), 'utf8'))?.[1] ?? 0),
  };
  if (server instanceof Error) console.error(server.message);
  else await server.stop('SIGTERM');
  // The kernel lets go of a group a moment after its last process.
  for (let left = 50; left > 0 && readFileSync(join(group, 'cgroup.procs'), 'utf8') !== ''; left -= 1)
    await sleep(100);
  rmdirSync(group);
  rmSync(dir, { recursive: true, force: true });
  return told;
}

const starts = [
  ['no limit (reference)', await start(null)] as const,
  [`${LIMIT} MB, no swap`, await start(LIMIT)] as const,
];
await gitHub.close();
printTable(
  `A first start with empty directories. ${machine()}`,
  ['memory', 'ready', 'after s', 'peak MB', 'killed'],
  starts.map(([name, { ready, seconds, peak, kills }]) => [
    name,
    ready ? 'yes' : 'no',
    seconds,
    peak,
    String(kills),
  ]),
);
process.exitCode = starts.every(([, { ready, kills }]) => ready && kills === 0) ? 0 : 1;
