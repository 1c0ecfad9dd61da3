import { watch, type FSWatcher } from 'node:fs';

/** Editors write in bursts, git writes several files: wait until it is quiet. */
const QUIET_MS = 150;
const RETRY_MS = 2_000;

/**
 * Calls back, debounced, when something below the paths changed. A path that cannot be watched (it does
 * not exist yet, or the system is out of watchers) is tried again, with a call back each time it fails,
 * so that a caller who then looks for changes misses none.
 */
export function watchPaths(
  paths: readonly { path: string; recursive: boolean }[],
  onChange: () => void,
): () => void {
  const watchers = new Set<FSWatcher>();
  const timers = new Set<NodeJS.Timeout>();
  let quiet: NodeJS.Timeout | null = null;
  let stopped = false;

  const changed = (): void => {
    if (stopped) return;
    if (quiet) clearTimeout(quiet);
    quiet = setTimeout(onChange, QUIET_MS);
    quiet.unref();
  };
  const again = (entry: { path: string; recursive: boolean }): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      start(entry);
      changed();
    }, RETRY_MS);
    timer.unref();
    timers.add(timer);
  };
  const start = (entry: { path: string; recursive: boolean }): void => {
    if (stopped) return;
    try {
      const watcher = watch(entry.path, { recursive: entry.recursive, persistent: false }, changed);
      watchers.add(watcher);
      watcher.on('error', () => {
        watchers.delete(watcher);
        watcher.close();
        again(entry);
      });
    } catch {
      again(entry);
    }
  };
  for (const entry of paths) start(entry);

  return () => {
    stopped = true;
    if (quiet) clearTimeout(quiet);
    for (const timer of timers) clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
