import { groupValues, limitValues, standing, type Election } from '@elekto/election';
import type { Manifest, ManifestV2 } from './manifest.ts';
import { canonicalJson, compareCodePoints } from '@elekto/wire';

/** What a manifest says beside the definition. */
export type ManifestRun = Pick<ManifestV2, 'kind' | 'run' | 'publicKey' | 'sourceCommit'>;

/** Everything of a definition that decides what a ballot says and how it is counted. Who has withdrawn is not on it. */
export function makeManifest(election: Election, run: ManifestRun): ManifestV2 {
  const { representationLimit: limit, houseRules } = election;
  const candidates = standing(election.candidates);
  return {
    version: 2,
    key: election.key,
    name: election.name,
    seats: election.seats,
    counting: election.counting,
    representationLimit: limit,
    limitValues: limit === null ? null : limitValues(candidates, limit.field),
    candidates: candidates.map((candidate) => candidate.id).toSorted(compareCodePoints),
    edition: 3,
    ...(houseRules === undefined ? {} : { houseRules }),
    ...(houseRules?.groups === undefined ? {} : { groupValues: groupValues(candidates, houseRules.groups) }),
    names: Object.fromEntries(candidates.map(({ id, name }) => [id, name])),
    allowNoOpinion: election.allowNoOpinion,
    receipts: election.receipts,
    deleteAfter: election.deleteAfter,
    suite: 1,
    kind: run.kind,
    run: run.run,
    publicKey: run.publicKey,
    sourceCommit: run.sourceCommit,
  };
}

/** Whether two manifests say the same of everything but the commit that they were made at. */
export const sameContent = (a: Manifest, b: Manifest): boolean =>
  canonicalJson({ ...a, sourceCommit: '' }) === canonicalJson({ ...b, sourceCommit: '' });
