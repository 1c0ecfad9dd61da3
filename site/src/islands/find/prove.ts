import { checkInclusion } from '@elekto/protocol/result';
import type { ResultsFile } from '@elekto/protocol/result';
import type { Api } from '../shared/api.ts';
import { cleanTracker, found } from './lookup.ts';
import type { Lookup } from './lookup.ts';

/**
 * What a counted ballot says where the officers kept the ballots to themselves: the server is asked for this
 * one, with the proof that it stands under the signed root, and the proof is checked here. `api` must ask
 * without credentials, so that the server is not told whose ballot it is.
 * Null when the proof does not hold.
 */
export async function prove(
  api: Api,
  key: string,
  resultsJson: string,
  tracker: string,
): Promise<Lookup | null> {
  const file = JSON.parse(resultsJson) as Pick<ResultsFile, 'root' | 'cast' | 'trackers' | 'manifest'>;
  const { proof } = await api.ballot.inclusionProof.mutate({ key, tracker: cleanTracker(tracker) });
  if (proof === null || proof.tracker !== cleanTracker(tracker) || !checkInclusion(proof, file)) return null;
  return found(file.manifest.candidates, proof.ranks);
}
