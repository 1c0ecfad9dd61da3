import type { BallotRules } from '@elekto/custody/ballot';
import { fromBase64Url } from '@elekto/wire';
import type { OfficersManifest } from '../manifest/manifest.ts';

/**
 * What a ballot that is sealed to officers has to know of its manifest.
 *
 * @throws RangeError for a manifest whose key is not 32 bytes; no server makes one.
 */
export function officersRules(manifest: OfficersManifest, manifestHash: string): BallotRules {
  const { publicKey, candidates, allowNoOpinion, trackers: tracker } = manifest;
  const electionKey = fromBase64Url(publicKey, 32);
  if (electionKey === null) throw new RangeError("the officers' key is 32 bytes");
  return { manifestHash, electionKey, candidates: candidates.length, tracker, allowNoOpinion };
}
