import type { CountedBallot, InclusionProof } from '@elekto/protocol/result';
import { ballotLeaf } from '@elekto/protocol/result';
import type { Result } from '@elekto/protocol/refusal';
import { merkleTree, toHex } from '@elekto/wire';
import type { MerkleTree } from '@elekto/wire';
import type { Context } from '../context.ts';
import { ok } from '../result.ts';

/** What proofs of one counted election are made from. */
export interface Proofs {
  readonly places: ReadonlyMap<string, { readonly index: number; readonly ranks: readonly number[] }>;
  readonly tree: MerkleTree;
}

/** Ballots whose proofs are kept in memory, over all elections: about 60 MB. */
const MOST_KEPT = 200_000;
/** By server and election. Anybody may ask for proofs, and counted ballots never change: each tree is made once. */
const made = new WeakMap<Context['keys'], Map<string, Proofs>>();

/** The same, while they are being made. */
const making = new WeakMap<Context['keys'], Map<string, Promise<Result<Proofs>>>>();

/** The proofs of a counted election; made once, also for all who ask while they are being made. */
export async function proofsOf(
  ctx: Pick<Context, 'keys'>,
  election: string,
  ballots: () => Promise<Result<readonly CountedBallot[]>>,
): Promise<Result<Proofs>> {
  const known = made.get(ctx.keys)?.get(election);
  if (known !== undefined) return ok(known);
  const now = making.get(ctx.keys) ?? new Map<string, Promise<Result<Proofs>>>();
  making.set(ctx.keys, now);
  const begun = now.get(election) ?? makeProofs(ctx, election, ballots);
  now.set(election, begun);
  try {
    return await begun;
  } finally {
    now.delete(election);
  }
}

async function makeProofs(
  ctx: Pick<Context, 'keys'>,
  election: string,
  ballots: () => Promise<Result<readonly CountedBallot[]>>,
): Promise<Result<Proofs>> {
  const found = await ballots();
  return found.ok ? ok(keepProofs(ctx, election, found.value)) : found;
}

/** Makes the proofs of a counted election and keeps them; the oldest of others go when they are too many. */
function keepProofs(ctx: Pick<Context, 'keys'>, election: string, ballots: readonly CountedBallot[]): Proofs {
  const places = new Map(ballots.map(({ tracker, ranks }, index) => [tracker, { index, ranks }] as const));
  const tree = merkleTree(ballots.map(({ tracker, ranks }) => ballotLeaf(tracker, ranks)));
  const kept = made.get(ctx.keys) ?? new Map<string, Proofs>();
  made.set(ctx.keys, kept.set(election, { places, tree }));
  let all = [...kept.values()].reduce((sum, { tree: { size } }) => sum + size, 0);
  for (const [id, proofs] of kept) {
    if (all <= MOST_KEPT || id === election) break;
    kept.delete(id);
    all -= proofs.tree.size;
  }
  return { places, tree };
}

/** The proof of the ballot under a tracker; null when there is none. */
export function proofIn({ places, tree }: Proofs, tracker: string): InclusionProof | null {
  const place = places.get(tracker);
  if (place === undefined) return null;
  const path = tree.path(place.index).map(toHex);
  return { tracker, ...place, size: tree.size, path, root: toHex(tree.root) };
}
