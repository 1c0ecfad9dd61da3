import { foldFieldValue, limitValues, type Election } from '@elekto/election';
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

/** How a definition differs from what was pinned, a sentence each. None of it is applied. */
export function driftFrom(manifest: Manifest, election: Election): string[] {
  const now = makeManifest(election, manifest.publicKey, manifest.sourceCommit);
  const drift: string[] = [];
  const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
  const added = now.candidates.filter((id) => !manifest.candidates.includes(id));
  const gone = manifest.candidates.filter((id) => !now.candidates.includes(id));
  if (added.length > 0) drift.push(`Added after the opening and not on the ballot: ${added.join(', ')}.`);
  if (gone.length > 0) drift.push(`Removed after the opening and still on the ballot: ${gone.join(', ')}.`);
  if (manifest.key !== now.key) drift.push(`Opened as ${manifest.key}; the folder has been renamed.`);
  if (manifest.seats !== now.seats)
    drift.push(`Opened with ${manifest.seats} seats, the file now says ${now.seats}.`);
  if (!same(manifest.counting, now.counting)) drift.push('The counting rule was changed after the opening.');
  if (
    !same(manifest.representationLimit, now.representationLimit) ||
    !same(foldedValues(manifest), foldedValues(now))
  ) {
    drift.push('The limit on seats, or what candidates say in its field, was changed after the opening.');
  }
  if (manifest.allowNoOpinion !== now.allowNoOpinion)
    drift.push('allow_no_opinion was changed after the opening.');
  if (manifest.receipts !== now.receipts) drift.push('receipts was changed after the opening.');
  if (manifest.deleteAfter !== now.deleteAfter) drift.push('delete_after was changed after the opening.');
  return drift;
}

/** Another spelling of a value is no drift: it limits the same people. */
function foldedValues({ limitValues: values }: Manifest): Record<string, string> | null {
  if (values === null) return null;
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, foldFieldValue(value)]));
}
