import { fillSeats } from '../seats.ts';
import type { Counting } from '../stv/explore.ts';
import type { Fraction } from '../stv/fraction.ts';
import { compareFractions, showFraction } from '../stv/fraction.ts';
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
  while (stage.continuing.size > 1) {
    const { votes, exhausted } = distribute(profile, stage.continuing);
    const lowest = fewest([...stage.continuing], votes);
    const empty = (votes[lowest[0] as number] as Fraction).n === 0n && lowest.length < stage.continuing.size;
    let out = empty ? lowest : stage.lookBack(lowest, 1);
    if (out.length > 1 && !empty) out = [yield stage.question('exclusion', out)];
    stage.record(votes, {
      quota: null,
      exhausted: showFraction(exhausted),
      elected: [],
      excluded: out.map((i) => stage.name(i)),
      events: [
        {
          code: 'excluded',
          candidates: out.map((i) => stage.name(i)),
          votes: showFraction(votes[out[0] as number] as Fraction),
        },
      ],
    });
    stage.exclude(out);
  }
  const { votes, exhausted } = distribute(profile, stage.continuing);
  stage.record(votes, {
    quota: null,
    exhausted: showFraction(exhausted),
    elected: [],
    excluded: [],
    events: [{ code: 'left', candidates: [...stage.continuing].map((i) => stage.name(i)) }],
  });
  const branch = stage.branch(votes);
  const places = branch.order.map((group) => group.map((i) => stage.name(i)));
  const filled = fillSeats(places, { ...input.seatRules, decisions: [] });
  // Candidates without a vote leave together and so may tie for a seat; each of them in turn is asked about.
  const tie = filled.ties[0];
  const elected = filled.elected.map((id) => input.candidates.indexOf(id));
  if (tie === undefined) return { ...branch, elected, skipped: filled.skipped };
  const pool = tie.candidates.map((id) => input.candidates.indexOf(id));
  for (let open = tie.seats; open > 0; open--) {
    const taken = yield {
      ...stage.question(
        'election',
        pool.filter((i) => !elected.includes(i)),
      ),
      continuing: pool,
    };
    elected.push(taken);
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
