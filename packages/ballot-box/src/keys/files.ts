import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { KeysError } from './keys-error.ts';

function syncDirectory(dir: string): void {
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a directory only its owner may enter, or refuses one that others may. */
export function privateDirectory(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const { mode } = statSync(dir);
    if ((mode & 0o077) !== 0) {
      throw new KeysError(`the secrets directory ${dir} is open to other users; run: chmod 700 ${dir}`);
    }
  } catch (error) {
    if (error instanceof KeysError) throw error;
    throw new KeysError(`the secrets directory ${dir} cannot be made or read (${codeOf(error)})`);
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

/**
 * Writes a secret that must not exist yet, mode 0400, on disk before it returns. Of several writers the
 * first wins; returns whether it was this one.
 */
export function writeOnce(file: string, bytes: Uint8Array): boolean {
  const dir = dirname(file);
  const draft = join(dir, `.${randomBytes(8).toString('hex')}.new`);
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    chmodSync(draft, 0o400);
    linkSync(draft, file);
    syncDirectory(dir);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new KeysError(`a key could not be written in ${dir} (${codeOf(error)})`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Writes a file that may exist, on disk before it returns; readers see the old or the new, never a part. */
export function replaceFile(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}.new`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    syncDirectory(dirname(file));
  } catch (error) {
    rmSync(draft, { force: true });
    throw new KeysError(`a file could not be written in ${dirname(file)} (${codeOf(error)})`);
  }
}

/** A secret's bytes; null when the file does not exist. */
export function readSecret(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new KeysError(`a key in ${dirname(file)} cannot be read (${codeOf(error)})`);
  }
}

/** Deletes a secret and makes sure the deletion is on disk. Nothing happens when it is gone already. */
export function destroy(file: string): void {
  if (!existsSync(file)) return;
  try {
    rmSync(file, { force: true });
    syncDirectory(dirname(file));
  } catch (error) {
    throw new KeysError(`a key in ${dirname(file)} could not be destroyed (${codeOf(error)})`);
  }
}
