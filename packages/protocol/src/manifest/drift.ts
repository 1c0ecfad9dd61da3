import { foldFieldValue, limitValues, matchIds } from '@elekto/election';
import type { CandidateId, Election, Instant } from '@elekto/election';
import { canonicalJson } from '@elekto/wire';
import { makeManifest } from './make-manifest.ts';
import type { Manifest } from './manifest.ts';

type SecondManifest = Exclude<Manifest, { version: 1 }>;

/** One thing that an election's files say differently from what holds for its ballots. None of it is applied. */
export type Drift =
  /** Named by the id that is pinned, or by the file's where none is. */
  | {
      readonly code:
        | 'candidates-added'
        | 'candidates-removed'
        | 'candidates-withdrawn'
        | 'names-changed'
        | 'ids-recased';
      readonly ids: readonly CandidateId[];
    }
  | { readonly code: 'folder-renamed'; readonly from: string }
  | { readonly code: 'name-changed'; readonly pinned: string; readonly file: string }
  | { readonly code: 'seats-changed'; readonly pinned: number; readonly file: number }
  | {
      readonly code:
        | 'counting-changed'
        | 'limit-changed'
        | 'house-rules-changed'
        | 'no-opinion-changed'
        | 'receipts-changed'
        | 'delete-after-changed'
        | 'custody-changed';
    }
  /** An end that had passed when it was first read, and one that was moved after the close. */
  | { readonly code: 'end-in-the-past' | 'end-after-close'; readonly file: Instant; readonly holds: Instant };

/** How a definition differs from a manifest. Without a difference in content there is none. */
export function driftFrom(manifest: Manifest, election: Election): Drift[] {
  // Keys and custody are compared apart: a board that fits no more gives no manifest.
  const { custody: _, ...apart } = election;
  const keys = { sealing: '', box: '' };
  const now = makeManifest(apart, { kind: 'election', run: '', keys, sourceCommit: manifest.sourceCommit });
  const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
  const drift = candidateDrift(manifest, election);
  if (manifest.key !== now.key) drift.push({ code: 'folder-renamed', from: manifest.key });
  if (manifest.name !== now.name) drift.push({ code: 'name-changed', pinned: manifest.name, file: now.name });
  if (manifest.seats !== now.seats)
    drift.push({ code: 'seats-changed', pinned: manifest.seats, file: now.seats });
  if (!same(manifest.counting, now.counting)) drift.push({ code: 'counting-changed' });
  const limitMoved =
    !same(manifest.representationLimit, now.representationLimit) || limitedDifferently(manifest, election);
  if (limitMoved) drift.push({ code: 'limit-changed' });
  if (manifest.version === 2 && houseRulesMoved(manifest, now)) drift.push({ code: 'house-rules-changed' });
  if (manifest.allowNoOpinion !== now.allowNoOpinion) drift.push({ code: 'no-opinion-changed' });
  if (manifest.receipts !== now.receipts) drift.push({ code: 'receipts-changed' });
  if (manifest.deleteAfter !== now.deleteAfter) drift.push({ code: 'delete-after-changed' });
  if (custodyMoved(manifest, election)) drift.push({ code: 'custody-changed' });
  return drift;
}

/** Whether the files name others than those whose keys the ballots are sealed to. */
function custodyMoved(manifest: Manifest, { custody }: Election): boolean {
  if (manifest.suite === 1 || custody === undefined)
    return (manifest.suite === 2) !== (custody !== undefined);
  // Without a ceremony the file was not read, or something is missing in it, which a diagnostic tells.
  const named = custody.board?.transcriptHash ?? custody.ceremony;
  return named !== undefined && named !== manifest.custody;
}

function candidateDrift(manifest: Manifest, election: Election): Drift[] {
  const { matched, missing, added } = matchIds(manifest.candidates, election.candidates);
  const found = [...matched];
  const names = manifest.version === 1 ? null : manifest.names;
  const ids = (
    code: 'candidates-withdrawn' | 'names-changed' | 'ids-recased',
    which: typeof found,
  ): Drift => ({
    code,
    ids: which.map(([id]) => id),
  });
  const all: Drift[] = [
    { code: 'candidates-added', ids: added.filter(({ withdrawn }) => !withdrawn).map(({ id }) => id) },
    { code: 'candidates-removed', ids: missing },
    ids(
      'candidates-withdrawn',
      found.filter(([, { withdrawn }]) => withdrawn),
    ),
    ids(
      'names-changed',
      found.filter(([id, { name }]) => names !== null && names[id] !== name),
    ),
    ids(
      'ids-recased',
      found.filter(([id, candidate]) => candidate.id !== id),
    ),
  ];
  return all.filter((each) => 'ids' in each && each.ids.length > 0);
}

/** Another spelling of a value, or of an id, is no drift: it limits the same people. Nor is who came or went. */
function limitedDifferently({ limitValues: pinned, candidates }: Manifest, election: Election): boolean {
  const limit = election.representationLimit;
  if (pinned === null || limit === null) return false;
  const { matched } = matchIds(candidates, election.candidates);
  const here = [...matched].map(([id, candidate]) => ({ ...candidate, id }));
  const now = limitValues(here, limit.field);
  return here.some(({ id }) => foldFieldValue(pinned[id] ?? '') !== foldFieldValue(now[id] ?? ''));
}

/** The rules of the organisation, or the group of somebody who stands in both. */
function houseRulesMoved(pinned: SecondManifest, now: SecondManifest): boolean {
  if (canonicalJson(pinned.houseRules ?? {}) !== canonicalJson(now.houseRules ?? {})) return true;
  const both = pinned.candidates.filter((id) => now.candidates.includes(id));
  return both.some((id) => pinned.groupValues?.[id] !== now.groupValues?.[id]);
}
