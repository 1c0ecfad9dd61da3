/**
 * What must not outlive its work: plain copies of a database above all. Whoever waits at a terminal presses Ctrl-C, and
 * a process that a signal ends runs no `finally`.
 */
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

const paths = new Set<string>();
const children = new Set<ChildProcess>();

function watch(): void {
  for (const signal of SIGNALS) {
    process.off(signal, end);
    if (paths.size + children.size > 0) process.on(signal, end);
  }
}

/** Removes what is there, then ends by the signal as if nobody had listened. */
function end(signal: Signal): void {
  for (const child of children) child.kill('SIGKILL');
  for (const path of paths) remove(path);
  for (const each of SIGNALS) process.off(each, end);
  process.kill(process.pid, signal);
}

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });

/** Runs `work`, in which a file or a folder may lie at `path`: it is gone afterwards, also when Ctrl-C ends the process. */
export async function withTemporary<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  paths.add(path);
  watch();
  try {
    return await work();
  } finally {
    remove(path);
    paths.delete(path);
    watch();
  }
}

/** A signal that ends this process ends `child` before; until the function returned is called. */
export function endWithUs(child: ChildProcess): () => void {
  children.add(child);
  watch();
  return () => {
    children.delete(child);
    watch();
  };
}
