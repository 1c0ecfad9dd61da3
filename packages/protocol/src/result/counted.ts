import { encodeText, framed, merkleRoot, toHex } from '@elekto/wire';

/** A counted ballot: ranks in the manifest's candidate order, 0 = not ranked. */
export interface CountedBallot {
  readonly tracker: string;
  readonly ranks: readonly number[];
}

/**
 * The leaf of one counted ballot: its tracker (hex; empty where the election gives no receipts) and its
 * ranks in the manifest's candidate order, 0 for not ranked.
 */
export const ballotLeaf = (tracker: string, ranks: readonly number[]): Uint8Array =>
  framed('elekto/counted ballot/1', encodeText(tracker), ranks.join(','));

/** Root over counted ballots in row order, hex. */
export const ballotsRoot = (ballots: readonly CountedBallot[]): string =>
  toHex(merkleRoot(ballots.map((ballot) => ballotLeaf(ballot.tracker, ballot.ranks))));
