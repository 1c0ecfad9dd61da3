/** Reading and writing the files of the secrets directory, which only the server's own names may have. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { CliError } from '../cli-error.ts';
import type { KeyFiles } from './keys-archive.ts';

const NAME = /^(master\.key|signing\.key|elections\/[0-9a-f]{32}\.[a-z]{1,12})$/;

/** @throws CliError when there are no keys, or the directory cannot be read. */
export function readKeyFiles(dir: string): KeyFiles {
  try {
    const names = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dir.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter((name) => NAME.test(name))
      .sort();
    if (!names.includes('master.key')) {
      throw new CliError(`there are no keys in ${dir}: name the directory in ELEKTO_SECRETS_DIR`);
    }
    return new Map(names.map((name) => [name, readFileSync(join(dir, name))]));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`the keys in ${dir} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/**
 * Writes the files into a directory that is not there yet, or is empty.
 * @throws CliError when it holds anything, so that no key is ever overwritten.
 */
export function writeKeyFiles(dir: string, files: KeyFiles): void {
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new CliError(
      `${dir} is not empty and nothing in it is overwritten: move it away, or name another ELEKTO_SECRETS_DIR`,
    );
  }
  for (const name of files.keys()) {
    if (!NAME.test(name))
      throw new CliError('the keys backup holds a file that is not a key of Elekto; nothing was written');
  }
  try {
    for (const folder of [dir, join(dir, 'elections')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of files) writeDurably(join(dir, name), bytes);
    for (const folder of [dir, join(dir, 'elections'), dirname(dir)]) sync(folder);
  } catch (error) {
    throw new CliError(`the keys cannot be written to ${dir} (${(error as NodeJS.ErrnoException).code})`);
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
