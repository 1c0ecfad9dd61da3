/** A server in a process of its own, as it runs in production: killed, stopped and measured from outside. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '@elekto/testing';

const MAIN = fileURLToPath(new URL('../../main.mjs', import.meta.url));

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first 200 of /readyz, ms. */
  readonly readyAfter: number;
  /** Everything it has written. */
  log(): string;
  /** Memory now and at its highest, MB. */
  memory(): { readonly now: number; readonly most: number };
  /** Processor time used so far, ms. */
  cpu(): number;
  /** The exit code, or null after a signal. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  readonly child: ChildProcess;
}

export interface ProcessOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Runs the server under a shell with this in front of it, such as a limit. */
  readonly prelude?: string;
  /** Waits for /readyz; false returns at once. */
  readonly wait?: boolean;
  readonly args?: readonly string[];
  /** Runs as this user and group; only root can. */
  readonly user?: number;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `main.mjs` with this environment and nothing of ours; rejects when it ends before it is ready. */
export async function startProcess(
  env: NodeJS.ProcessEnv,
  { port, prelude, wait = true, args = [], user }: ProcessOptions = {},
): Promise<ServerProcess> {
  const taken = port ?? (await freePort());
  const url = `http://127.0.0.1:${taken}`;
  const all = { ...bareEnvironment(), PORT: String(taken), ELEKTO_URL: url, ...env };
  const started = performance.now();
  const as = user === undefined ? {} : { uid: user, gid: user };
  const child =
    prelude === undefined
      ? spawn(process.execPath, [...args, MAIN], { env: all, stdio: ['ignore', 'pipe', 'pipe'], ...as })
      : spawn('/bin/sh', ['-c', `${prelude}; exec "$0" "$@"`, process.execPath, ...args, MAIN], {
          env: all,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => void (log += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const readyAfter = wait ? await readiness(url, child, started, () => log) : 0;
  return {
    url,
    port: taken,
    pid: child.pid ?? 0,
    readyAfter,
    child,
    log: () => log,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const mb = (name: string): number =>
        Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
      return { now: mb('VmRSS'), most: mb('VmHWM') };
    },
    cpu: () => cpuTime(child.pid ?? 0),
    async stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

async function readiness(
  url: string,
  child: ChildProcess,
  started: number,
  log: () => string,
): Promise<number> {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return performance.now() - started;
    const waited = performance.now() - started;
    if (waited > 300_000) break;
    // Where a build is waited for, asking a hundred times a second would be in its way.
    await sleep(waited < 5000 ? 10 : 200);
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not become ready:\n${log()}`);
}

/** Processor time of a process so far, ms. */
export function cpuTime(pid: number): number {
  // utime and stime, in ticks of 10 ms; the command's name before them may hold anything but `)`.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
