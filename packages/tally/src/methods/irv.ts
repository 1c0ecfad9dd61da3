import { fillSeats } from '../seats/fill-seats.ts';
import { SeatBook } from '../seats/seat-book.ts';
import type { RoundEvent } from '../model.ts';
import type { Asking, Branch, Counting } from '../stv/explore.ts';
import type { Fraction } from '../stv/fraction.ts';
import { compareFractions, showFraction, ZERO } from '../stv/fraction.ts';
import { distribute } from '../stv/papers.ts';
import type { Profile } from '../stv/profile.ts';
import { settle } from '../stv/settle.ts';
import { Stage } from '../stv/stage.ts';
import type { Method, MethodInput } from './method.ts';

/**
 * Instant-runoff voting (W. R. Ware, 1871; the alternative vote): the candidate with the fewest votes is
 * excluded and the ballots move on, until one is left. Run to the end, so that everyone has a place. A
 * ballot that ties its best candidates is shared equally among them. For several seats the last ones
 * excluded are seated; STV is the method made for that.
 */
export const irv: Method = {
  name: 'irv',
  title: 'Instant-runoff',
  needsBallots: true,
  mostCandidates: Infinity,
  rank: (input) => settle(input, () => countRunoff(input)),
};

function* countRunoff(input: MethodInput): Counting {
  const stage = new Stage(input);
  const profile = input.profile as Profile;
  for (;;) {
    const { votes, exhausted } = distribute(profile, stage.continuing);
    const out = stage.continuing.size > 1 ? yield* leaving(stage, votes) : [];
    const left = [...stage.continuing].filter((i) => !out.includes(i)).map((i) => stage.name(i));
    // Up to edition 2 the last one left had a round of their own, which says nothing new.
    const isLast = out.length === 0 || (input.edition > 2 && left.length === 1);
    const excluded = out.map((i) => stage.name(i));
    stage.record(votes, {
      quota: null,
      exhausted: showFraction(exhausted),
      elected: [],
      excluded,
      events: [
        ...excludedEvents(excluded, votes[out[0] ?? 0] ?? ZERO),
        ...(isLast ? [{ code: 'left' as const, candidates: left }] : []),
      ],
    });
    stage.exclude(out);
    if (isLast) return yield* seatLast(input, stage, stage.branch(votes));
  }
}

const excludedEvents = (candidates: readonly string[], votes: Fraction): RoundEvent[] =>
  candidates.length === 0 ? [] : [{ code: 'excluded', candidates, votes: showFraction(votes) }];

/** Who is excluded in this round: all without a vote, or the one with the fewest. */
function* leaving(stage: Stage, votes: readonly Fraction[]): Asking<readonly number[]> {
  const lowest = fewest([...stage.continuing], votes);
  const empty = (votes[lowest[0] as number] as Fraction).n === 0n && lowest.length < stage.continuing.size;
  const out = empty ? lowest : stage.lookBack(lowest, 1);
  return out.length > 1 && !empty ? [yield stage.question('exclusion', out)] : out;
}

/**
 * Seats from the last one left backwards. Candidates without a vote leave together and so may tie for seats; who of them
 * takes each is asked. Up to edition 2 one tie was looked at, and the rules about seats were not looked at within it.
 */
function* seatLast(input: MethodInput, stage: Stage, branch: Branch): Asking<Branch> {
  const places = branch.order.map((group) => group.map((i) => stage.name(i)));
  const filled = fillSeats(places, { ...input.seatRules, decisions: [] });
  const book = new SeatBook(input.seatRules, input.candidates);
  filled.elected.forEach((id) => book.elect(id));
  const elected = filled.elected.map((id) => input.candidates.indexOf(id));
  const isOlder = input.edition < 3;
  for (const tie of isOlder ? filled.ties.slice(0, 1) : filled.ties) {
    const continuing = tie.candidates.map((id) => input.candidates.indexOf(id));
    for (let open = tie.seats; open > 0; open--) {
      const tied = continuing.filter((i) => !elected.includes(i) && (isOlder || !book.blocks(stage.name(i))));
      const taken = yield { ...stage.question('election', tied), continuing };
      book.elect(stage.name(taken));
      elected.push(taken);
    }
  }
  return { ...branch, elected, skipped: filled.skipped };
}

/** Those with the fewest votes. */
export function fewest(candidates: readonly number[], votes: readonly Fraction[]): number[] {
  let best: number[] = [];
  for (const i of candidates) {
    const order =
      best.length === 0 ? -1 : compareFractions(votes[i] as Fraction, votes[best[0] as number] as Fraction);
    if (order < 0) best = [i];
    else if (order === 0) best.push(i);
  }
  return best;
}
