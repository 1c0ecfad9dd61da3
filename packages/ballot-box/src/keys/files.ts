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
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
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

/** Adds to the end of a file, made when it is missing. Read by others at once; not yet on disk. */
export function appendTo(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { flag: 'a', mode: 0o600 });
  } catch (error) {
    throw new KeysError(`a file could not be written in ${dirname(file)} (${codeOf(error)})`);
  }
}

/**
 * As `replaceFile`, without holding up the process while the disk works. `since` is asked at the end for what
 * was appended to the file meanwhile.
 */
export async function rewriteFile(file: string, bytes: Uint8Array, since: () => Uint8Array): Promise<void> {
  const draft = `${file}.${randomBytes(8).toString('hex')}.new`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    const late = since();
    if (late.length > 0) writeFileSync(draft, late, { flag: 'a' });
    renameSync(draft, file);
    const folder = await open(dirname(file), 'r');
    try {
      await folder.datasync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    rmSync(draft, { force: true });
    throw new KeysError(`a file could not be written in ${dirname(file)} (${codeOf(error)})`);
  }
}

/** A file as it is at a moment: `stamp` is another whenever its contents may be others. */
export interface Listed {
  readonly name: string;
  readonly stamp: string;
  readonly changedAt: number;
}

/** The files of a directory. One that goes away meanwhile is left out. */
export function listFiles(dir: string): Listed[] {
  try {
    return readdirSync(dir).flatMap((name) => {
      const stats = statSync(join(dir, name), { throwIfNoEntry: false, bigint: true });
      if (stats === undefined) return [];
      const { ino, size, mtimeNs } = stats;
      return [{ name, stamp: `${ino} ${size} ${mtimeNs}`, changedAt: Number(mtimeNs / 1_000_000n) }];
    });
  } catch (error) {
    throw new KeysError(`${dir} cannot be read (${codeOf(error)})`);
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
