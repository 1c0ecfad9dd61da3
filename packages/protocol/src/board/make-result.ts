import { type Chain, inReadingOrder, type Opened, readFileName } from '@elekto/custody/board';
import { toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { ballotsRoot } from '../result/counted.ts';
import { dataOf } from '../result/outcome-data.ts';
import type { NamedFile, ResultsFile3 } from '../result/results.ts';
import { countByRule } from '../rule/count-by-rule.ts';
import { ruleOf } from '../rule/rule.ts';
import type { BoardBytes } from './check-files.ts';
import { decisionsIn } from './decisions-in.ts';

/** A count that officers opened, with the files that it follows from. */
export interface OpenedCount {
  readonly board: Chain;
  readonly opened: Opened;
  readonly files: BoardBytes;
}

type Facts = Pick<
  ResultsFile3,
  | 'election'
  | 'openedAs'
  | 'manifest'
  | 'manifestHash'
  | 'closedAt'
  | 'eligible'
  | 'struck'
  | 'voided'
  | 'publicKey'
>;

const named = ([name, bytes]: readonly [string, Uint8Array]): NamedFile => ({
  name,
  sha256: toHex(sha256(bytes)),
});

/**
 * results.json of a count by officers, as it is to be signed over `resultsMessage`. Everything but what the server knows
 * (`facts`) follows from the files of the board; posts about a tie that no quorum agrees on are left out.
 */
export function resultOf(
  { election, openedAs, manifest, manifestHash, closedAt, eligible, struck, voided, publicKey }: Facts,
  { board, opened, files }: OpenedCount,
): Omit<ResultsFile3, 'signature'> {
  const { decisions, posts } = decisionsIn(board, files);
  const kept = inReadingOrder(files.keys()).filter((name) => {
    const kind = readFileName(name)?.kind;
    return kind !== 'void' && (kind !== 'tie' || posts.includes(name));
  });
  const rows = opened.rows.map(({ ranks }) => ({ ranks, tracker: '' }));
  return {
    format: 'elekto-results/3',
    election,
    openedAs,
    manifest,
    manifestHash,
    closedAt,
    eligible,
    cast: rows.length + opened.invalid,
    invalid: opened.invalid,
    root: ballotsRoot(rows),
    struck,
    voided,
    tieDecisions: decisions,
    outcome: dataOf(countByRule(ruleOf(manifest, { struck, eligible }), rows, decisions)),
    board: kept.map((name) => named([name, files.get(name) as Uint8Array])),
    publicKey,
  };
}
