import { toHex } from '@elekto/wire';
import { type Fate, judgeReceipt } from '../ballot/release.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import type { Chain } from './chain.ts';

/** A receipt that the officer keeps as a voter, with the release of its record, if the officer released it. */
export interface OwnReceipt {
  readonly recordHash: string;
  readonly shown: Parameters<typeof judgeReceipt>[3];
}

/** What an officer's computer knows from the repository itself, its own clock and its own memory; never from the server. */
export interface Knowledge {
  /** The officer's position, from 1. */
  readonly officer: number;
  /** Whether the repository's head descends from the one remembered (true when none is). */
  readonly headDescends: boolean;
  /** The end of voting at the head, ms. */
  readonly endsAt: number;
  /** The end of the time in which the box is open to inspection, ms. */
  readonly inspectedAt: number;
  readonly now: number;
  /** Hashes (hex) of the boxes that stand or stood on the protected branch for this election. */
  readonly boxesOnBranch: readonly string[];
  /** Hash (hex) of the box that this officer has mixed or decrypted before in this run; null for none. */
  readonly rememberedBox: string | null;
  /** What this officer did in another run of this election: `decrypted` if in any of them; null for nothing. */
  readonly otherRun: 'mixed' | 'decrypted' | null;
  /** Whether this officer has signed that the ballots of this run are void, and not taken it back. */
  readonly signedVoid: boolean;
  readonly receipts: readonly OwnReceipt[];
}

/**
 * Whether an officer may act on a box at all: the end has passed, one box alone is on the branch and it is this one, its time
 * of inspection is over, it is the one acted on before, the officer has not signed that its ballots are void, and the officer's own
 * ballot is in it. Two boxes of one run that
 * differ in one ballot would give that ballot away.
 */
export function mayAct(board: Chain, known: Knowledge): Result<null> {
  const boxHash = toHex(board.box.hash);
  const server = { step: 'box', party: 'the server' };
  const repository = { step: 'box', party: 'whoever writes to the repository' };
  if (!known.headDescends)
    return refuse(
      'act-history',
      repository,
      'the history of the repository was replaced since you last looked.',
    );
  if (known.now < known.endsAt)
    return refuse('act-before-end', server, 'voting has not ended by the repository and your own clock.');
  if (known.boxesOnBranch.some((hash) => hash !== boxHash))
    return refuse(
      'act-two-boxes',
      server,
      'another box of this election stands on the branch, or stood there.',
    );
  if (known.otherRun !== null) return refuse('act-two-boxes', server, OTHER_RUN[known.otherRun]);
  if (known.rememberedBox !== null && known.rememberedBox !== boxHash)
    return refuse('act-other-box', server, 'this is not the box that you acted on before.');
  if (known.signedVoid)
    return refuse(
      'act-voided',
      { step: 'void', party: 'the server' },
      'you have signed that these ballots are void, and it closed their box all the same. If too few officers signed that, take it back, and they are counted.',
    );
  // After the others: who is told this may propose the box, and a second one on the branch would end the count for good.
  if (!known.boxesOnBranch.includes(boxHash))
    return refuse(
      'act-not-on-branch',
      server,
      'the hash of this box does not stand on the protected branch.',
    );
  if (known.now < known.inspectedAt)
    return refuse('act-inspection', server, 'the box is still open to inspection.');
  const lost = known.receipts.find(
    ({ recordHash, shown }): boolean => fateOf(board, recordHash, shown) === 'dropped',
  );
  if (lost !== undefined)
    return refuse(
      'act-own-ballot',
      server,
      `your own ballot ${lost.recordHash} is not in the box, and you did not release it.`,
    );
  return accept(null);
}

const OTHER_RUN = {
  mixed: 'you have acted on the box of another run of this election, and open no second one.',
  decrypted:
    'you have decrypted the box of another run of this election: after a first decryption no other run is opened.',
} as const;

/** A board as far as a receipt is looked up in it. */
export type SeenBox = Pick<Chain, 'manifest' | 'box'>;

/** What became of the record of a receipt in this board. */
export const fateOf = (board: SeenBox, recordHash: string, shown: OwnReceipt['shown']): Fate =>
  judgeReceipt(board.manifest.rules, recordHash, board.box.recordHashes, shown);
