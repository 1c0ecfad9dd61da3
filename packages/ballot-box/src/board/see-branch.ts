import type { Context } from '../context.ts';
import type { OfficersElection } from './board-of.ts';
import { boxesOf } from './board-source.ts';
import type { BoardSource } from './board-source.ts';
import type { Chain } from './chain.ts';
import { noteOnBranch } from './kept-files.ts';

/** The chain, after it was noted when the hash of its box was first seen on the branch: from then on the box is inspected. */
export async function seeBranch(
  ctx: Context,
  opened: OfficersElection['opened'],
  chain: Chain,
  source: BoardSource,
): Promise<Chain> {
  const { box } = chain;
  if (box === null || box.onBranchSince !== null) return chain;
  if (!boxesOf(source, opened, box).onBranch) return chain;
  const now = await ctx.db.read((em) => ctx.now(em));
  return { ...chain, box: await noteOnBranch(ctx, opened.manifestHash, box, now) };
}
