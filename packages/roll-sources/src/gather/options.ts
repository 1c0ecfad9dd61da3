import type { Facts } from '@elekto/roll';
import type { Forge } from '../forge.ts';

/** How far reading is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** The repository that was begun last. */
  readonly at: string;
}

export interface GatherOptions {
  /** Folder of roll.yaml. */
  readonly folder: string;
  readonly forge: Forge;
  /** Folder of clones, `owner/name` below it; null without any. */
  readonly clones: string | null;
  /** How many repositories are read at a time. */
  readonly atOnce?: number;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Gathered {
  readonly facts: Facts;
  /** Repositories whose contributions were read. */
  readonly repositories: readonly string[];
  /** Of these, the ones whose commits were read from a clone. */
  readonly cloned: readonly string[];
  /** Contributions by nobody whose account is known. */
  readonly unattributed: number;
}
