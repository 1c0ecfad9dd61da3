/* eslint elekto/words-in-catalogue: off -- a refusal, which names step and party as those of packages/custody, in English */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accept, refuse, type Result } from '@elekto/custody';

/** How long, ms, another process is waited for. A change is a file read and written. */
const PATIENCE = 10_000;
const LOOK_AGAIN = 20;

/** One change of a file after another, within this process. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Does `work` while no other work on `file` is done, by this process or another of this computer (the app and a command may run at
 * once). Says so by a file beside it, `<file>.lock`, which names the process; one of a process that died is taken away.
 *
 * Refuses with `act-memory`, without having begun, while another process holds the file for longer than `patience` ms.
 */
export function asOneWriter<T>(
  file: string,
  work: () => Promise<Result<T>>,
  patience = PATIENCE,
): Promise<Result<T>> {
  const turn = (turns.get(file) ?? Promise.resolve()).then(async () => {
    const lock = `${file}.lock`;
    const held = await hold(lock, patience);
    if (!held.ok) return held;
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  });
  turns.set(
    file,
    turn.catch(() => undefined),
  );
  return turn;
}

async function hold(lock: string, patience: number): Promise<Result<null>> {
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
  const until = performance.now() + patience;
  for (;;) {
    if (await put(lock, `${process.pid} ${hostname()}\n`)) return accept(null);
    // Empty for as long as its process writes to it.
    const holder = await readFile(lock, 'utf8').catch(() => '');
    if (isGone(holder)) await takeAway(lock, holder);
    else if (performance.now() > until)
      return refuse(
        'act-memory',
        { step: 'memory', party: 'this computer' },
        `another window or command (process ${holder.split(' ')[0] || 'unknown'}) is writing what this computer remembers. Wait until it is done and try again; if none is at work, remove ${lock}.`,
      );
    else await wait(LOOK_AGAIN);
  }
}

/** Takes away the lock of a process that died; where another one took its place meanwhile, that stays. */
async function takeAway(lock: string, holder: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  if (!(await made(rename(lock, aside), 'ENOENT'))) return;
  const taken = await readFile(aside, 'utf8');
  if (taken !== holder) await put(lock, taken);
  await rm(aside, { force: true });
}

/** Whether the lock was free and is held now. */
const put = (lock: string, holder: string): Promise<boolean> =>
  made(writeFile(lock, holder, { flag: 'wx', mode: 0o600 }), 'EEXIST');

/** Whether it was done; false for the one fault that means somebody else was first. */
async function made(step: Promise<void>, first: string): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === first) return false;
    throw error;
  }
}

/** Whether a lock is one of this computer whose process runs no more. */
function isGone(holder: string): boolean {
  const [pid, host] = holder.trim().split(' ');
  if (host !== hostname() || !/^[1-9]\d{0,9}$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
