import { fromHex, rootFromPath, toHex } from '@elekto/wire';
import { ballotLeaf } from './counted.ts';
import type { InclusionProof, ResultsFile2 } from './results.ts';

/**
 * Whether an inclusion proof leads to the root of a result whose signature was checked: for the tracker that stands
 * at its place in the list, in a tree of as many ballots as were cast.
 */
export function checkInclusion(
  proof: Omit<InclusionProof, 'root'>,
  { root, cast, trackers }: Pick<ResultsFile2, 'root' | 'cast' | 'trackers'>,
): boolean {
  if (proof.size !== cast || trackers[proof.index] !== proof.tracker) return false;
  const path = proof.path.map((sibling) => fromHex(sibling, 32));
  if (path.some((sibling) => sibling === null)) return false;
  const leaf = ballotLeaf(proof.tracker, proof.ranks);
  const found = rootFromPath(leaf, proof.index, proof.size, path as Uint8Array[]);
  return found !== null && toHex(found) === root;
}
