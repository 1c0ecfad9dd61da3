import { pointsPerBallot, recordBytes } from '@elekto/custody/ballot';
import type { Manifest } from '../manifest/manifest.ts';
import { ciphertextLength, SIZES } from './record.ts';

/** Length of every record of an election, in bytes. */
export function recordLength(manifest: Pick<Manifest, 'candidates' | 'suite'>): number {
  const candidates = manifest.candidates.length;
  return manifest.suite === 2
    ? recordBytes(pointsPerBallot({ candidates, tracker: false }))
    : 1 + SIZES.handle + SIZES.encapsulated + ciphertextLength(candidates);
}
