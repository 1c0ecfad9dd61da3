import { type Chain, checkTie, readFile, readFileName } from '@elekto/custody/board';
import { toHex } from '@elekto/wire';
import { decisionShape } from '../result/results-schema.ts';
import type { TieDecision } from '../result/results.ts';
import type { BoardBytes } from './check-files.ts';
import { signersIn } from './signers-in.ts';

/** The decisions about ties of which a quorum of officers says word for word the same. */
export interface AgreedDecisions {
  /** In their order. */
  readonly decisions: readonly TieDecision[];
  /** The names of the files that say so. */
  readonly posts: readonly string[];
}

const body = decisionShape.omit({ by: true });

/**
 * What officers agree on about ties, from all they posted: one officer who says something else hinders nobody. It ends
 * at the first decision without a quorum.
 */
export function decisionsIn(board: Chain, files: BoardBytes): AgreedDecisions {
  const decisions: TieDecision[] = [];
  const posts: string[] = [];
  for (;;) {
    const number = decisions.length + 1;
    const found = agreed(board, number, postsOf(board, number, files));
    if (found === null) return { decisions, posts };
    decisions.push(found.decision);
    posts.push(...found.names);
  }
}

/** The posts of one decision. */
export const postsOf = (board: Chain, number: number, files: BoardBytes): [string, Uint8Array][] =>
  [...files].filter(([name]) => {
    const named = readFileName(name);
    return named?.kind === 'tie' && named.seq === board.mixers.length + 1 + number;
  });

function agreed(
  board: Chain,
  number: number,
  posts: readonly [string, Uint8Array][],
): { decision: TieDecision; names: string[] } | null {
  const bySaying = Map.groupBy(posts, ([, bytes]) => toHex(readFile(bytes)?.body ?? new Uint8Array()));
  for (const same of bySaying.values()) {
    const said = checkTie(
      board,
      number,
      same.map(([, bytes]) => bytes),
    );
    if (!said.ok) continue;
    const shape = body.safeParse(said.value);
    if (!shape.success) continue;
    const by = signersIn(
      board,
      same.map(([, bytes]) => bytes),
    );
    return { decision: { ...shape.data, by }, names: same.map(([name]) => name) };
  }
  return null;
}
