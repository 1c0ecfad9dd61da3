import type { OpenTie, Outcome, TieDecision } from './model.ts';

/** Whether a decision about a tie can be recorded: the tie that it settles, or what is wrong with it. */
export type DecisionCheck =
  | { readonly ok: true; readonly tie: OpenTie }
  /** `no-open-tie`: the count leaves none. `not-one-tie`: no open tie has all the winners in it. */
  | { readonly ok: false; readonly problem: 'no-open-tie' | 'not-one-tie' }
  /** `wrong-number`: not as many different winners as the tie has seats. `impossible`: the limit or the rounds rule it out. */
  | { readonly ok: false; readonly problem: 'wrong-number' | 'impossible'; readonly tie: OpenTie };

/**
 * Checks a decision before it is recorded.
 * @param outcome the count as it stands, with the decisions recorded so far.
 * @param recount the same count with the new decision behind those: what it does not use would be recorded
 * for nothing.
 */
export function checkDecision(
  { seats: { openTies } }: Outcome,
  decision: TieDecision,
  recount: (decision: TieDecision) => Outcome,
): DecisionCheck {
  if (openTies.length === 0) return { ok: false, problem: 'no-open-tie' };
  const winners = new Set(decision.winners);
  const tie = openTies.find(
    ({ candidates }) =>
      isWithin(winners, candidates) && isSame(decision.candidates ?? candidates, candidates),
  );
  if (winners.size === 0 || tie === undefined) return { ok: false, problem: 'not-one-tie' };
  if (winners.size !== tie.seats || decision.winners.length !== tie.seats)
    return { ok: false, problem: 'wrong-number', tie };
  const used = recount(decision).seats.decisions.some(
    (each) => isSame(each.candidates, tie.candidates) && isSame(each.winners, decision.winners),
  );
  return used ? { ok: true, tie } : { ok: false, problem: 'impossible', tie };
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  isWithin(some, others) && isWithin(others, some);

function isWithin(some: Iterable<string>, all: readonly string[]): boolean {
  return [...some].every((each) => all.includes(each));
}
