import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendTo,
  destroy,
  listFiles,
  privateDirectory,
  readSecret,
  replaceFile,
  rewriteFile,
  writeOnce,
} from './files.ts';
import type { Listed } from './files.ts';
import { KeysError } from './keys-error.ts';

/** Where a key store keeps what it must remember; names such as `elections/<id>.box`. */
export interface SecretFiles {
  /** null when there is none. */
  read(name: string): Buffer | null;
  /** False when there is one already, which is kept. */
  writeOnce(name: string, bytes: Uint8Array): boolean;
  replace(name: string, bytes: Uint8Array): void;
  /** Made when it is missing. */
  append(name: string, bytes: Uint8Array): void;
  /** As `replace`, in the background; `since` says at the end what was appended meanwhile. */
  rewrite(name: string, bytes: Uint8Array, since: () => Uint8Array): Promise<void>;
  /** What is in a folder. */
  list(folder: string): Listed[];
  /** Irreversible; nothing happens when there is none. */
  destroy(name: string): void;
}

/**
 * Files in a directory for its owner alone, made when it is missing.
 *
 * @throws KeysError when others may enter it, or it cannot be made.
 */
export function directoryFiles(dir: string): SecretFiles {
  privateDirectory(dir);
  privateDirectory(join(dir, 'elections'));
  privateDirectory(join(dir, 'witness'));
  return {
    read: (name) => readSecret(join(dir, name)),
    writeOnce: (name, bytes) => writeOnce(join(dir, name), bytes),
    replace: (name, bytes) => replaceFile(join(dir, name), bytes),
    append: (name, bytes) => appendTo(join(dir, name), bytes),
    rewrite: (name, bytes, since) => rewriteFile(join(dir, name), bytes, since),
    list: (folder) => listFiles(join(dir, folder)),
    destroy: (name) => destroy(join(dir, name)),
  };
}

/** The files of a directory for who only looks: what would be noted is not, and what would be made is missed. */
export function filesToLook(dir: string): SecretFiles {
  const nothing = (): void => undefined;
  return {
    read: (name) => readSecret(join(dir, name)),
    writeOnce: (name) => {
      throw new KeysError(`${name} is not in ${dir}`);
    },
    replace: nothing,
    append: nothing,
    rewrite: () => Promise.resolve(),
    list: (folder) => (existsSync(join(dir, folder)) ? listFiles(join(dir, folder)) : []),
    destroy: nothing,
  };
}

/** The same in memory: nothing touches a disk. */
export function memoryFiles(): SecretFiles {
  const files = new Map<string, Buffer>();
  const drop = (name: string): void => {
    files.get(name)?.fill(0);
    files.delete(name);
  };
  return {
    read(name) {
      const bytes = files.get(name);
      return bytes === undefined ? null : Buffer.from(bytes);
    },
    writeOnce(name, bytes) {
      if (files.has(name)) return false;
      files.set(name, Buffer.from(bytes));
      return true;
    },
    replace(name, bytes) {
      drop(name);
      files.set(name, Buffer.from(bytes));
    },
    append(name, bytes) {
      files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), bytes]));
    },
    rewrite(name, bytes, since) {
      files.set(name, Buffer.concat([bytes, since()]));
      return Promise.resolve();
    },
    list: (folder) =>
      [...files.keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => ({ name: name.slice(folder.length + 1), stamp: '', changedAt: 0 })),
    destroy: drop,
  };
}
