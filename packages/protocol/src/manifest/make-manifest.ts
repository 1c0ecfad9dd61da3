import { groupValues, limitValues, standing, type Election } from '@elekto/election';
import type { Manifest, ManifestV2, OfficersManifest } from './manifest.ts';
import { canonicalJson, compareCodePoints } from '@elekto/wire';

/** What a manifest says beside the definition. */
export type ManifestRun = Pick<ManifestV2, 'kind' | 'run' | 'sourceCommit'> & {
  /** The server's keys of this run, base64url: what ballots are sealed to where it keeps the key, and what its box is signed with where officers do. */
  readonly keys: { readonly sealing: string; readonly box: string };
};

/** Whose keys ballots are sealed to. */
function custodyOf(
  { custody }: Election,
  keys: ManifestRun['keys'],
):
  | Pick<ManifestV2, 'suite' | 'publicKey'>
  | (Omit<OfficersManifest, keyof ManifestV2> & Pick<OfficersManifest, 'suite' | 'publicKey'>) {
  if (custody === undefined) return { suite: 1, publicKey: keys.sealing };
  const { board } = custody;
  if (board === null) throw new Error('an election without a board of officers does not open');
  return {
    suite: 2,
    publicKey: board.publicKey,
    custody: board.transcriptHash,
    threshold: board.threshold,
    officers: board.officers.map(({ login }) => login),
    serverKey: keys.box,
    trackers: false,
  };
}

/**
 * Everything of a definition that decides what a ballot says and how it is counted. Who has withdrawn is not on it.
 *
 * @throws Error where officers are to keep the key and have none: `opens` keeps such an election closed.
 */
export function makeManifest(election: Election, run: ManifestRun): ManifestV2 | OfficersManifest {
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
    ...custodyOf(election, run.keys),
    kind: run.kind,
    run: run.run,
    sourceCommit: run.sourceCommit,
  };
}

/** Whether two manifests say the same of everything but the commit that they were made at. */
export const sameContent = (a: Manifest, b: Manifest): boolean =>
  canonicalJson({ ...a, sourceCommit: '' }) === canonicalJson({ ...b, sourceCommit: '' });
