import { accountOf, Collector, leavesOf, type Facts, type RollRules } from '@elekto/roll';
import { LocalFiles } from '../files/local-files.ts';
import type { Forge } from '../forge.ts';
import { readContributions } from './contributions.ts';
import { readLeaf } from './leaves.ts';

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

/** Reads what the rules ask for. The facts do not depend on the order in which anything answers. */
export async function gather(rules: RollRules, options: GatherOptions): Promise<Gathered> {
  const collector = new Collector(rules.who);
  const files = new LocalFiles(options.folder);
  for (const leaf of leavesOf(rules.who)) await readLeaf(leaf, collector, files, options);
  const read = await readContributions(rules, collector, options, (address) =>
    accountOf(address, rules.accounts),
  );
  return { facts: collector.facts(), ...read };
}
