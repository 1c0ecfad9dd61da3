import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeReader } from './tree-reader.ts';

/** A directory on disk as a tree. Symbolic links are named as such and never followed. */
export function directoryTree(root: string): TreeReader {
  return {
    root,
    list: async (folder) =>
      (await readdir(folder, { withFileTypes: true })).map((entry) => ({
        name: entry.name,
        kind: entry.isSymbolicLink()
          ? 'symlink'
          : entry.isDirectory()
            ? 'folder'
            : entry.isFile()
              ? 'file'
              : 'other',
        id: join(folder, entry.name),
      })),
    size: async (path) => (await lstat(path)).size,
    read: (path) => readFile(path),
    fingerprint: () => null,
  };
}
