import { setImmediate as letOthers } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type {
  CountedBallot,
  NamedFile,
  ResultsFile2,
  ResultsFile3,
  TieDecision,
} from '@elekto/protocol/result';
import { ballotLeaf, dataOf, resultsMessageOf } from '@elekto/protocol/result';
import { countInTurns, ruleOf } from '@elekto/protocol/rule';
import type { Instant } from '@elekto/election';
import type { Manifest } from '@elekto/protocol/manifest';
import { canonicalPieces, growingRoot, toHex } from '@elekto/wire';
import { bytesInTurns, takeTurns } from '../turns.ts';

/** What is kept of a count, sealed under a key outside the database. */
export interface Kept {
  readonly ballots: readonly CountedBallot[];
  readonly records: readonly string[];
  readonly eligible: number;
  readonly closedAt: Instant;
  /** Where officers opened the ballots: how many hold no ranking. */
  readonly invalid?: number;
}

/** The root over all ballots, hex; others have their turn meanwhile. In an election without receipts a leaf has no tracker. */
export async function countedRoot(
  { receipts }: Pick<Manifest, 'receipts'>,
  ballots: readonly CountedBallot[],
): Promise<string> {
  const turn = takeTurns();
  const growing = growingRoot();
  for (const { tracker, ranks } of ballots) {
    await turn();
    growing.add(ballotLeaf(receipts === 'none' ? '' : tracker, ranks));
  }
  return toHex(growing.root());
}

/**
 * Makes and signs results.json. Done once for a count and once for each decision; what was made is stored. `board` are the
 * files from which the count of officers follows, in the order in which they are read, `root` is that of `countedRoot`.
 * Others have their turn before and while ballots are counted, and while what is signed is written.
 */
export async function makeResultsFile(
  ctx: Context,
  opened: OpenedElection,
  kept: Kept,
  tieDecisions: readonly TieDecision[],
  board: readonly NamedFile[],
  root: string,
): Promise<ResultsFile2 | ResultsFile3> {
  const { key: election, manifest, manifestHash, struck, voided } = opened;
  const { ballots, records, eligible, closedAt, invalid = 0 } = kept;
  await letOthers();
  const rule = ruleOf(manifest, { struck, eligible });
  const outcome = dataOf(await countInTurns(rule, ballots, tieDecisions, takeTurns()));
  await letOthers();
  const isListed = manifest.receipts !== 'none';
  const common = {
    election,
    openedAs: manifest.key === election ? null : manifest.key,
    manifestHash,
    closedAt,
    eligible,
    cast: ballots.length + invalid,
    root,
    struck,
    voided,
    tieDecisions,
    outcome,
    publicKey: ctx.keys.publicKey,
  };
  if (manifest.suite === 2) {
    const unsigned = { ...common, format: 'elekto-results/3' as const, manifest, invalid, board };
    return { ...unsigned, signature: await signatureOf(ctx, unsigned) };
  }
  const unsigned = {
    ...common,
    format: 'elekto-results/2' as const,
    manifest,
    trackers: isListed ? ballots.map((ballot) => ballot.tracker) : [],
    records: isListed ? records : [],
  };
  return { ...unsigned, signature: await signatureOf(ctx, unsigned) };
}

async function signatureOf(
  ctx: Context,
  unsigned: Omit<ResultsFile2, 'signature'> | Omit<ResultsFile3, 'signature'>,
): Promise<string> {
  const message = resultsMessageOf(unsigned.format, await bytesInTurns(canonicalPieces(unsigned)));
  await letOthers();
  return ctx.keys.sign(message);
}
