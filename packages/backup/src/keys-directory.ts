/** Reading and writing the files of the secrets directory, which only the server's own names may have. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { BackupError, codeOf } from './backup-error.ts';
import type { KeyFiles } from './keys-archive.ts';

const NAME = /^(master\.key|signing\.key|elections\/[0-9a-f]{32}\.[a-z]{1,12})$/;

/** The names of the keys in the directory, sorted. */
function keyNames(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => NAME.test(name))
    .sort();
}

/** Another text whenever a key was made, changed or destroyed. @throws BackupError when the directory cannot be read. */
export function keysStamp(dir: string): string {
  try {
    return keyNames(dir)
      .map((name) => {
        const { ino, size, mtimeMs } = statSync(join(dir, name));
        return `${name} ${ino} ${size} ${mtimeMs}`;
      })
      .join('\n');
  } catch (error) {
    throw new BackupError(`the keys in ${dir} cannot be read (${codeOf(error)})`);
  }
}

/** @throws BackupError when there are no keys, or the directory cannot be read. */
export function readKeyFiles(dir: string): KeyFiles {
  try {
    const names = keyNames(dir);
    if (!names.includes('master.key')) {
      throw new BackupError(`there are no keys in ${dir}: name the directory in ELEKTO_SECRETS_DIR`);
    }
    return new Map(names.map((name) => [name, readFileSync(join(dir, name))]));
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`the keys in ${dir} cannot be read (${codeOf(error)})`);
  }
}

/**
 * Writes the files into a directory that is not there yet, or is empty.
 * @throws BackupError when it holds anything, so that no key is ever overwritten.
 */
export function writeKeyFiles(dir: string, files: KeyFiles): void {
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new BackupError(
      `${dir} is not empty and nothing in it is overwritten: move it away, or name another ELEKTO_SECRETS_DIR`,
    );
  }
  for (const name of files.keys()) {
    if (!NAME.test(name))
      throw new BackupError('the keys backup holds a file that is not a key of Elekto; nothing was written');
  }
  try {
    for (const folder of [dir, join(dir, 'elections')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of files) writeDurably(join(dir, name), bytes);
    for (const folder of [dir, join(dir, 'elections'), dirname(dir)]) sync(folder);
  } catch (error) {
    throw new BackupError(`the keys cannot be written to ${dir} (${codeOf(error)})`);
  }
}

function writeDurably(file: string, bytes: Buffer): void {
  const handle = openSync(file, 'wx', 0o400);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function sync(dir: string): void {
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
