import type { Context } from '../context.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type {
  CountedBallot,
  NamedFile,
  ResultsFile2,
  ResultsFile3,
  TieDecision,
} from '@elekto/protocol/result';
import { ballotsRoot, dataOf, resultsMessage } from '@elekto/protocol/result';
import { countByRule, ruleOf } from '@elekto/protocol/rule';
import type { Instant } from '@elekto/election';

/** What is kept of a count, sealed under a key outside the database. */
export interface Kept {
  readonly ballots: readonly CountedBallot[];
  readonly records: readonly string[];
  readonly eligible: number;
  readonly closedAt: Instant;
  /** Where officers opened the ballots: how many hold no ranking. */
  readonly invalid?: number;
}

/**
 * Makes and signs results.json. Done once for a count and once for each decision; what was made is stored. `board` are the
 * files from which the count of officers follows, in the order in which they are read.
 */
export function makeResultsFile(
  ctx: Context,
  opened: OpenedElection,
  kept: Kept,
  tieDecisions: readonly TieDecision[],
  board: readonly NamedFile[],
): ResultsFile2 | ResultsFile3 {
  const { key: election, manifest, manifestHash, struck, voided } = opened;
  const { ballots, records, eligible, closedAt, invalid = 0 } = kept;
  const isListed = manifest.receipts !== 'none';
  const common = {
    election,
    openedAs: manifest.key === election ? null : manifest.key,
    manifestHash,
    closedAt,
    eligible,
    cast: ballots.length + invalid,
    root: ballotsRoot(isListed ? ballots : ballots.map(withoutTracker)),
    struck,
    voided,
    tieDecisions,
    outcome: dataOf(countByRule(ruleOf(manifest, { struck, eligible }), ballots, tieDecisions)),
    publicKey: ctx.keys.publicKey,
  };
  if (manifest.suite === 2) {
    const unsigned = { ...common, format: 'elekto-results/3' as const, manifest, invalid, board };
    return { ...unsigned, signature: ctx.keys.sign(resultsMessage(unsigned)) };
  }
  const unsigned = {
    ...common,
    format: 'elekto-results/2' as const,
    manifest,
    trackers: isListed ? ballots.map((ballot) => ballot.tracker) : [],
    records: isListed ? records : [],
  };
  return { ...unsigned, signature: ctx.keys.sign(resultsMessage(unsigned)) };
}

/** In an election without receipts a ballot's leaf has no tracker. */
const withoutTracker = ({ ranks }: CountedBallot): CountedBallot => ({ tracker: '', ranks });
