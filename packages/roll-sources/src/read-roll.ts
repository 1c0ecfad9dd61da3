import {
  countByRule,
  decide,
  differenceOf,
  evidenceRows,
  leavesOf,
  type BuiltRoll,
  type EvidenceRow,
  type Facts,
  type Judged,
  type RollRules,
} from '@elekto/roll';
import { PageCache } from './cache/page-cache.ts';
import { forgeFor } from './forge-for.ts';
import { gather } from './gather/gather.ts';
import type { Gathered, Progress } from './gather/options.ts';
import type { RollOnDisk } from './roll-on-disk.ts';

export interface ReadRollOptions {
  /** Folder of roll.yaml. */
  readonly folder: string;
  /** For the forge that the rules name; null to ask without. */
  readonly token: string | null;
  /** How to come by a token, for messages. */
  readonly withToken?: string;
  /** Folder in which answers are kept. */
  readonly cache: string;
  readonly offline: boolean;
  readonly refresh: boolean;
  readonly clones: string | null;
  readonly onProgress?: (progress: Progress) => void;
  readonly onWait?: (seconds: number) => void;
}

/** A roll as the rules give it. */
export interface ReadRoll {
  readonly rules: RollRules;
  readonly facts: Facts;
  /** Everybody whom some rule found. */
  readonly people: readonly Judged[];
  /** Logins of the roll, in their order. */
  readonly voters: readonly string[];
  readonly rows: readonly EvidenceRow[];
  readonly read: Gathered;
  /** End of a window that is still to come. */
  readonly openUntil: number | null;
  /** When the oldest answer was read that was kept from before, ISO 8601; null when none was. */
  readonly keptSince: string | null;
}

/** Reads everything that rules ask for. @throws RollSourceError or RollFileError for what cannot be read. */
export async function readRoll(rules: RollRules, options: ReadRollOptions): Promise<ReadRoll> {
  const began = Date.now();
  const { folder, token, withToken, offline, clones, onProgress, onWait } = options;
  const cache = new PageCache(options.cache, options.refresh ? began : 0);
  const forge = forgeFor(rules.forge, {
    token: offline ? null : token,
    ...(withToken !== undefined && { withToken }),
    cache,
    offline,
    ...(onWait && { onWait }),
  });
  const read = await gather(rules, { folder, forge, clones, ...(onProgress && { onProgress }) });
  const people = decide(rules, read.facts);
  return {
    rules,
    facts: read.facts,
    people,
    voters: people.filter(({ on }) => on).map(({ login }) => login),
    rows: evidenceRows(people),
    read,
    openUntil: openUntil(rules, began),
    keptSince: cache.hits > 0 ? cache.oldest : null,
  };
}

function openUntil({ who }: RollRules, now: number): number | null {
  const ends = leavesOf(who).flatMap(({ source }) =>
    source.kind === 'contributions' ? [source.window.until] : [],
  );
  const last = Math.max(0, ...ends);
  return last > now ? last : null;
}

export function rollNews({ voters, rows, read, openUntil: until }: ReadRoll, before: RollOnDisk): BuiltRoll {
  return {
    voters: voters.length,
    rows,
    rules: countByRule(rows),
    repositories: read.repositories.length,
    cloned: read.cloned.length,
    unattributed: read.unattributed,
    difference: before.votersText === null ? null : differenceOf(before, { voters, rows }),
    openUntil: until,
  };
}

/** Milliseconds that are left at the pace until now; null before the first repository is done. */
export function timeLeft({ done, total }: Progress, began: number, now: number): number | null {
  return done === 0 ? null : ((now - began) / done) * (total - done);
}
