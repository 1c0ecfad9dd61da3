import { foldLogin } from '../login.ts';
import type { CandidateId } from '../model.ts';

/** What was pinned, beside what is there now. */
export interface MatchedIds<T> {
  /** By pinned id. */
  readonly matched: ReadonlyMap<CandidateId, T>;
  /** Pinned ids that nothing answers to, in the order pinned. */
  readonly missing: readonly CandidateId[];
  /** What answers to no pinned id, in the order found. */
  readonly added: readonly T[];
}

/**
 * Finds the files (or the columns of a CSV) of pinned ids: exactly, else by the same login in another case
 * (Istio 2023 re-cased two ids while its election was open). Without the exact one, a case counts only where it is
 * in no doubt: one pinned id and one found id of that folding. Never by position, never twice. The only
 * answer to "which of these is the candidate of the ballot?", for pages, command line and CSV.
 */
export function matchIds<T extends { readonly id: CandidateId }>(
  pinned: readonly CandidateId[],
  found: readonly T[],
): MatchedIds<T> {
  const exact = new Map<CandidateId, T>();
  for (const each of found) if (!exact.has(each.id)) exact.set(each.id, each);
  const pinnedAlike = groupBy(pinned, foldLogin);
  const foundAlike = groupBy(found, (each) => foldLogin(each.id));

  const matched = new Map<CandidateId, T>();
  for (const id of pinned) {
    const alike = foundAlike.get(foldLogin(id)) ?? [];
    const alone = alike.length === 1 && pinnedAlike.get(foldLogin(id))?.length === 1;
    const match = exact.get(id) ?? (alone ? alike[0] : undefined);
    if (match) matched.set(id, match);
  }
  const taken = new Set(matched.values());
  return {
    matched,
    missing: pinned.filter((id) => !matched.has(id)),
    added: found.filter((each) => !taken.has(each)),
  };
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}
