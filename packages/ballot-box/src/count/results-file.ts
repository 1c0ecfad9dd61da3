import type { Context } from '../context.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { CountedBallot, ResultsFile2, TieDecision } from '@elekto/protocol/result';
import { ballotsRoot, dataOf, resultsMessage } from '@elekto/protocol/result';
import { countByRule, ruleOf } from '@elekto/protocol/rule';
import type { Instant } from '@elekto/election';

/** What is kept of a count, sealed under a key outside the database. */
export interface Kept {
  readonly ballots: readonly CountedBallot[];
  readonly records: readonly string[];
  readonly eligible: number;
  readonly closedAt: Instant;
}

/** Makes and signs results.json. Done once for a count and once for each decision; what was made is stored. */
export function makeResultsFile(
  ctx: Context,
  opened: OpenedElection,
  { ballots, records, eligible, closedAt }: Kept,
  tieDecisions: readonly TieDecision[],
): ResultsFile2 {
  const { key: election, manifest, manifestHash, struck, voided } = opened;
  if (manifest.suite !== 1) throw new Error('the ballots of officers are not opened by the server');
  const isListed = manifest.receipts !== 'none';
  const unsigned = {
    format: 'elekto-results/2' as const,
    election,
    openedAs: manifest.key === election ? null : manifest.key,
    manifest,
    manifestHash,
    closedAt,
    eligible,
    cast: ballots.length,
    trackers: isListed ? ballots.map((ballot) => ballot.tracker) : [],
    records: isListed ? records : [],
    root: ballotsRoot(isListed ? ballots : ballots.map(withoutTracker)),
    struck,
    voided,
    tieDecisions,
    outcome: dataOf(countByRule(ruleOf(manifest, { struck, eligible }), ballots, tieDecisions)),
    publicKey: ctx.keys.publicKey,
  };
  return { ...unsigned, signature: ctx.keys.sign(resultsMessage(unsigned)) };
}

/** In an election without receipts a ballot's leaf has no tracker. */
const withoutTracker = ({ ranks }: CountedBallot): CountedBallot => ({ tracker: '', ranks });
