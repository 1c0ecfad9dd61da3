/** Disks that are full, or may only be read: in memory, where this process may mount one. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly path: string;
  /** Writes a file of this name until nothing more fits. */
  fill(name: string): void;
  /** From now on nothing can be written, or it can again. Throws while a file is open for writing. */
  readOnly(on: boolean): void;
  unmount(): void;
}

const run = (...command: readonly [string, ...string[]]): boolean =>
  spawnSync(command[0], command.slice(1)).status === 0;

/** Null where this process may mount none. */
export function mountDisk(megabytes: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), 'elekto-disk-'));
  if (!run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=1777`, 'tmpfs', path)) {
    rmSync(path, { recursive: true });
    return null;
  }
  return {
    path,
    fill: (name) => fill(join(path, name)),
    readOnly(on) {
      if (!run('mount', '-o', `remount,${on ? 'ro' : 'rw'}`, path)) throw new Error(`${path} is in use`);
    },
    unmount: () => {
      run('umount', path);
      rmSync(path, { recursive: true });
    },
  };
}

function fill(file: string): void {
  const to = openSync(file, 'w');
  try {
    for (const size of [1 << 20, 4096]) {
      const block = Buffer.alloc(size, 1);
      try {
        for (;;) writeSync(to, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(to);
  }
}
