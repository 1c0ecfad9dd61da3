/** What stands in a folder, whether it comes from git objects or from a disk. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'submodule' | 'other';
  /** How the reader finds it again: an object id or a path. */
  readonly id: string;
}

/** What was kept of the source cannot be read. It has been given up: the next look brings everything again. */
export class DamagedCopyError extends Error {
  override readonly name = 'DamagedCopyError';
}

/** A tree of files that can be listed, measured and read without loading anything else. */
export interface TreeReader {
  /** The entries of the root. */
  readonly root: string;
  list(id: string): Promise<readonly TreeEntry[]>;
  /** Bytes of a file, without reading it. */
  size(id: string): Promise<number>;
  read(id: string): Promise<Buffer>;
  /** Set when files that are missing were left out for their size. */
  readonly omitsLargeFiles?: boolean;
  /** A value that changes when anything in the folder changes; null when that is not known beforehand. */
  fingerprint(id: string): string | null;
}
