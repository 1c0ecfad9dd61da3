import { limitValues, type Election } from '@elekto/election';
import type { Manifest } from './manifest.ts';
import { canonicalJson, compareCodePoints } from '@elekto/wire';

/** Ballots a shard is planned for: re-sealing that many takes about a millisecond. */
const BALLOTS_A_SHARD = 500;

/** Pins a definition: everything that decides what a ballot says and how it is counted. */
export function makeManifest(election: Election, publicKey: string, sourceCommit: string): Manifest {
  const limit = election.representationLimit;
  return {
    version: 1,
    key: election.key,
    name: election.name,
    seats: election.seats,
    counting: election.counting,
    representationLimit: limit,
    limitValues: limit === null ? null : limitValues(election.candidates, limit.field),
    candidates: election.candidates.map((candidate) => candidate.id).toSorted(compareCodePoints),
    allowNoOpinion: election.allowNoOpinion,
    receipts: election.receipts,
    deleteAfter: election.deleteAfter,
    publicKey,
    suite: 1,
    shards: Math.max(1, Math.ceil(election.voters.length / BALLOTS_A_SHARD)),
    sourceCommit,
  };
}

/** Whether two manifests say the same of everything but the commit that they were made at. */
export const sameContent = (a: Manifest, b: Manifest): boolean =>
  canonicalJson({ ...a, sourceCommit: '' }) === canonicalJson({ ...b, sourceCommit: '' });
