import { withoutCandidates } from './ballots/without-candidates.ts';
import { count } from './count.ts';
import type { BallotSet, CountOptions, Outcome, TieDecision } from './model.ts';
import { CountError } from './model.ts';
import { unspent } from './seats/unspent.ts';

/** Whose seats fell vacant after an election, and what is known since. */
export interface Vacancies {
  /** Who left, in the order in which they did; also somebody who came in by an earlier one of these. */
  readonly left: readonly string[];
  /** Candidates who take no seat any more. */
  readonly declined?: readonly string[];
  /** How people resolved ties that these counts leave open; those of the election are in its options, and do no harm here. */
  readonly decisions?: readonly TieDecision[];
}

/**
 * Fills vacant seats by count-back: the ballots of the election are counted again as they were, without whoever left and
 * who declines. Who sits keeps the seat, in rounds by never being excluded; the seat goes to the next in the order whom
 * the rules about seats admit. One vacancy after the other. Whoever comes in serves the rest of the term of the one who left,
 * so no terms are given. This is a full recount, the same for every method. The count-back of Hare-Clark (Tasmania, Local Government Act
 * 1993, schedule 8; ACT, Electoral Act 1992, schedule 4, part 4.3) is another rule: it looks only at the papers that elected
 * whoever left, of which there are none where ballots are compared in pairs.
 * @param set ballots that can be gone through again and again.
 * @returns the outcome of the last count; `options.sitting` are those who kept their seats.
 * @throws CountError when a tie of the election or of an earlier vacancy is open, when nobody left, or somebody who has no
 * seat, or when somebody declines who sits.
 */
export function countBack(set: BallotSet, options: CountOptions, vacancies: Vacancies): Outcome {
  const { left, declined = [], decisions = [] } = vacancies;
  const { terms: _terms, decisions: _decisions, ...rest } = options;
  const stranger = declined.find((id) => !set.candidates.includes(id));
  if (stranger !== undefined) throw new CountError(`${stranger} declines a seat, and is no candidate`);
  const gone = new Set(declined);
  let outcome = count(set, options);
  let open = unspent(decisions, outcome.seats.decisions);
  if (left.length === 0) throw new CountError('a count-back needs somebody who left');
  for (const id of left) {
    const { elected, openTies } = outcome.seats;
    if (openTies.some(({ term }) => term === undefined))
      throw new CountError('a tie for a seat is open: nobody knows yet who sits');
    if (!elected.includes(id)) throw new CountError(`${id} has no seat that could fall vacant`);
    const sitting = elected.filter((each) => each !== id);
    const keeps = sitting.find((each) => gone.has(each));
    if (keeps !== undefined) throw new CountError(`${keeps} has a seat: who leaves it is said to have left`);
    gone.add(id);
    outcome = count(withoutCandidates(set, gone), { ...rest, sitting, decisions: forThose(open, gone) });
    open = unspent(open, outcome.seats.decisions);
  }
  return outcome;
}

/** Decisions without somebody who is gone, who is no candidate any more. */
const forThose = (decisions: readonly TieDecision[], gone: ReadonlySet<string>): TieDecision[] =>
  decisions.filter(({ winners, candidates = [] }) => ![...winners, ...candidates].some((id) => gone.has(id)));
