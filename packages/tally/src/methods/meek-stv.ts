import type { Counting } from '../stv/explore.ts';
import type { Fraction } from '../stv/fraction.ts';
import { fraction, showFraction } from '../stv/fraction.ts';
import type { Profile } from '../stv/profile.ts';
import { settle } from '../stv/settle.ts';
import { Stage } from '../stv/stage.ts';
import { fewest } from './irv.ts';
import type { RoundEvent } from '../model.ts';
import type { Method, MethodInput } from './method.ts';
import { electedEvents, leaveTogether, pick, seat } from './scottish-stv.ts';

/** One vote in units: nine decimals, as the reference rule counts. All values are whole units. */
const VOTE = 1_000_000_000n;
/** A surplus below a millionth of a vote is none. */
const OMEGA = VOTE / 1_000_000n;

/**
 * Meek's method: every elected candidate keeps the part of each vote that leaves them exactly the quota,
 * and the rest passes on, also through candidates already elected. I. D. Hill, B. A. Wichmann and
 * D. R. Woodall, "Algorithm 123: Single transferable vote by Meek's method", The Computer Journal 30
 * (1987), 277-281, in the fixed-point form of the Proportional Representation Foundation's reference
 * rule. Whole units throughout: nothing depends on the machine. A ballot that ties candidates offers each
 * an equal part.
 */
export const meekStv: Method = {
  name: 'meek-stv',
  title: 'Meek STV',
  needsBallots: true,
  mostCandidates: Infinity,
  rank: (input) => settle(input, () => countRounds(input)),
};

interface Shares {
  readonly votes: bigint[];
  readonly exhausted: bigint;
  readonly quota: bigint;
  readonly surplus: bigint;
}

function* countRounds(input: MethodInput): Counting {
  const stage = new Stage(input);
  const keep = input.candidates.map(() => VOTE);
  const drop = (out: readonly number[]): void => {
    stage.exclude(out);
    for (const i of out) keep[i] = 0n;
  };
  let event: RoundEvent = { code: 'first-count' };
  let excluded: readonly number[] = [];
  let votes: Fraction[] = [];

  for (;;) {
    const seated = stage.elected.length;
    let shares = share(input, stage, keep);
    let before: bigint | null = null;
    for (;;) {
      votes = shares.votes.map((units) => fraction(units, VOTE));
      const { quota, surplus } = shares;
      const reached = [...stage.continuing].filter((i) => (shares.votes[i] as bigint) >= quota);
      if (stage.vacancies > 0) yield* seat(stage, reached, votes);
      if (stage.elected.length > seated || surplus < OMEGA || (before !== null && surplus >= before)) break;
      before = surplus;
      for (const i of stage.elected) keep[i] = roundUp(keep[i] as bigint, quota, shares.votes[i] as bigint);
      shares = share(input, stage, keep);
    }
    const barred = stage.vacancies > 0 ? stage.takeBarred() : [];
    const rest = [...stage.continuing].filter((i) => !barred.includes(i));
    const last = rest.length <= stage.vacancies && barred.length === 0;
    const atQuota = stage.elected.length;
    if (last) yield* seat(stage, rest, votes);
    const elected = stage.elected.slice(seated).map((i) => stage.name(i));
    stage.record(votes, {
      quota: showFraction(fraction(shares.quota, VOTE)),
      exhausted: showFraction(fraction(shares.exhausted, VOTE)),
      elected,
      excluded: excluded.map((i) => stage.name(i)),
      events: [event, ...electedEvents(elected, atQuota - seated)],
    });
    if (last || stage.vacancies === 0) break;
    excluded = [];
    if (barred.length > 0) {
      excluded = barred;
      event = { code: 'barred', candidates: barred.map((i) => stage.name(i)) };
    } else if (elected.length > 0) {
      event = { code: 'surpluses' };
    } else {
      excluded = yield* lowest(stage, rest, votes);
      event = { code: 'excluded', candidates: excluded.map((i) => stage.name(i)), votes: null };
    }
    drop(excluded);
  }
  if (stage.vacancies > 0) stage.takeBarred();
  return stage.branch(votes);
}

/** Everyone without a vote, if enough are left; else the one with the fewest votes. */
function* lowest(
  stage: Stage,
  rest: readonly number[],
  votes: readonly Fraction[],
): Generator<ReturnType<Stage['question']>, readonly number[], number> {
  const last = fewest(stage.excludable(rest), votes);
  return leaveTogether(stage, rest, last, votes[last[0] as number] as Fraction)
    ? last
    : [yield* pick(stage, 'exclusion', last, 1)];
}

/** Passes every ballot down its tiers, each candidate keeping their factor of what arrives. */
function share(
  { profile, candidates, seatRules }: MethodInput,
  stage: Stage,
  keep: readonly bigint[],
): Shares {
  const votes = candidates.map(() => 0n);
  let exhausted = 0n;
  for (const { tiers, count } of (profile as Profile).groups) {
    let weight = VOTE;
    for (const tier of tiers) {
      const takers = tier.filter((i) => (keep[i] as bigint) > 0n);
      let taken = 0n;
      for (const i of takers) {
        const part = weight * (keep[i] as bigint);
        // A lone candidate's part is rounded up, as in the reference rule; tied ones' down, to stay alike.
        const units = takers.length === 1 ? (part + VOTE - 1n) / VOTE : part / (VOTE * BigInt(takers.length));
        votes[i] = (votes[i] as bigint) + units * count;
        taken += units;
      }
      weight -= taken;
      if (weight === 0n) break;
    }
    exhausted += weight * count;
  }
  const total = votes.reduce((sum, each) => sum + each, 0n);
  const quota = total / BigInt(seatRules.available + 1) + 1n;
  const surplus = stage.elected.reduce((sum, i) => {
    const over = (votes[i] as bigint) - quota;
    return over > 0n ? sum + over : sum;
  }, 0n);
  return { votes, exhausted, quota, surplus };
}

/** factor * quota / votes, both steps rounded up, as the reference rule demands. */
function roundUp(factor: bigint, quota: bigint, votes: bigint): bigint {
  const product = (factor * quota + VOTE - 1n) / VOTE;
  return (product * VOTE + votes - 1n) / votes;
}
