import type { Ballot, BallotSet } from '../model.ts';

/** The columns of the others, in their order. */
export const columnsWithout = (candidates: readonly string[], gone: ReadonlySet<string>): number[] =>
  candidates.flatMap((id, column) => (gone.has(id) ? [] : [column]));

/**
 * The same ballots without these candidates. Other ranks stay as they are: gaps mean nothing. Pairs with them are not
 * compared, in rounds votes for them go on from the start, and a ballot that ranked nobody else is blank.
 */
export function withoutCandidates(set: BallotSet, gone: ReadonlySet<string>): BallotSet {
  const columns = columnsWithout(set.candidates, gone);
  if (columns.length === set.candidates.length) return set;
  return {
    ...set,
    candidates: columns.map((column) => set.candidates[column] as string),
    ballots: { [Symbol.iterator]: () => withColumns(set.ballots, columns) },
  };
}

function* withColumns(ballots: Iterable<Ballot>, columns: readonly number[]): Generator<Ballot> {
  for (const ballot of ballots)
    yield { ...ballot, ranks: columns.map((column) => ballot.ranks[column] ?? null) };
}
