import type { CandidateId, Election } from '@elekto/election';

import type { OldBallotRow } from './old-database.ts';

/** What the older Elekto stores for "No opinion". */
const NO_OPINION = 100_000_000;

export interface ReadBallots {
  readonly ballots: readonly ReadonlyMap<CandidateId, number>[];
  /** What was left out of them and why, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Puts the rows of one election's ballots together. Candidates are known by their ID, or by the name of
 * their file. A row that names nobody who stands, has no number, or is one of several for the same
 * candidate leaves that candidate not ranked in this ballot.
 */
export function readOldBallots(election: Election, rows: readonly OldBallotRow[]): ReadBallots {
  const standing = new Map<string, CandidateId>();
  for (const { id, file } of election.candidates) {
    const slug = /candidate-([^/]*)\.md$/.exec(file)?.[1];
    if (slug !== undefined && !standing.has(slug)) standing.set(slug, id);
  }
  for (const { id } of election.candidates) standing.set(id, id);

  const ballots = new Map<string, Map<CandidateId, number>>();
  const seen = new Set<string>();
  const twice = new Set<string>();
  const strangers = new Set<string>();
  let unreadable = 0;
  for (const { ballot, candidate, rank } of rows) {
    const ranks = ballots.get(ballot) ?? new Map<CandidateId, number>();
    ballots.set(ballot, ranks);
    const id = standing.get(candidate);
    if (id === undefined) {
      strangers.add(candidate);
      continue;
    }
    const place = JSON.stringify([ballot, id]);
    if (seen.has(place)) {
      twice.add(place);
      ranks.delete(id);
      continue;
    }
    seen.add(place);
    if (rank === null) unreadable += 1;
    else if (rank !== NO_OPINION) ranks.set(id, rank);
  }
  return { ballots: [...ballots.values()], notes: notes(twice.size, [...strangers].sort(), unreadable) };
}

function notes(twice: number, strangers: readonly string[], unreadable: number): string[] {
  const found: string[] = [];
  if (twice > 0) found.push(`${twice} times a ballot ranks a candidate more than once: taken as not ranked`);
  if (strangers.length > 0) found.push(`ranks for ${strangers.join(', ')}, who do not stand, are left out`);
  if (unreadable > 0) found.push(`${unreadable} ranks are not whole numbers: taken as not ranked`);
  return found;
}
