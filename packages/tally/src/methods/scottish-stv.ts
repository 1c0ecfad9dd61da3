import type { Counting } from '../stv/explore.ts';
import type { Fraction } from '../stv/fraction.ts';
import { compareFractions, fraction, minus, showFraction, ZERO } from '../stv/fraction.ts';
import { Papers } from '../stv/papers.ts';
import type { Profile } from '../stv/profile.ts';
import { settle } from '../stv/settle.ts';
import { Stage } from '../stv/stage.ts';
import { fewest } from './irv.ts';
import type { RoundEvent } from '../model.ts';
import type { Method, MethodInput } from './method.ts';

/**
 * The single transferable vote of Scottish local elections: Droop quota, weighted inclusive Gregory
 * transfers, one stage at a time (The Scottish Local Government Elections Order 2007, SSI 2007/42,
 * schedule 1, rules 45 to 52). Values are exact fractions where the order cuts them after five decimals.
 * A ballot that ties candidates is shared equally among those of them still in the count.
 */
export const scottishStv: Method = {
  name: 'scottish-stv',
  title: 'Scottish STV',
  needsBallots: true,
  mostCandidates: Infinity,
  rank: (input) => settle(input, () => countStages(input)),
};

function* countStages(input: MethodInput): Counting {
  const stage = new Stage(input);
  const profile = input.profile as Profile;
  const papers = new Papers(profile, stage.continuing);
  const total = profile.groups.reduce((sum, { count }) => sum + count, 0n);
  const quota = fraction(total / BigInt(input.seatRules.available + 1) + 1n);
  const surpluses = new Set<number>();
  let event: RoundEvent = { code: 'first-preferences' };
  let excluded: readonly number[] = [];

  for (;;) {
    const seated = stage.elected.length;
    if (stage.vacancies > 0) {
      const reached = [...stage.continuing].filter(
        (i) => compareFractions(papers.votes[i] as Fraction, quota) >= 0,
      );
      yield* seat(stage, reached, papers.votes);
      for (const i of stage.elected.slice(seated)) {
        if (compareFractions(papers.votes[i] as Fraction, quota) > 0) surpluses.add(i);
      }
    }
    const barred = stage.vacancies > 0 ? stage.takeBarred() : [];
    const rest = [...stage.continuing].filter((i) => !barred.includes(i));
    const reached = stage.elected.slice(seated);
    // Nobody is left to compete with: the rest fill the last vacancies (rule 52).
    const last = rest.length <= stage.vacancies && barred.length === 0;
    if (last) yield* seat(stage, rest, papers.votes);
    const elected = stage.elected.slice(seated).map((i) => stage.name(i));
    stage.record(papers.votes, {
      quota: showFraction(quota),
      exhausted: showFraction(papers.exhausted),
      elected,
      excluded: excluded.map((i) => stage.name(i)),
      events: [event, ...electedEvents(elected, reached.length)],
    });
    if (last || stage.vacancies === 0) break;

    if (barred.length > 0) {
      excluded = barred;
      event = { code: 'barred', candidates: barred.map((i) => stage.name(i)) };
      moveAll(stage, papers, barred);
    } else if (surpluses.size > 0) {
      const [from, ...others] = largest([...surpluses], papers.votes);
      const chosen =
        others.length === 0
          ? (from as number)
          : yield* pick(stage, 'surplus', [from as number, ...others], -1);
      surpluses.delete(chosen);
      const surplus = minus(papers.votes[chosen] as Fraction, quota);
      excluded = [];
      event = { code: 'surplus', candidates: [stage.name(chosen)], votes: showFraction(surplus) };
      papers.transfer(chosen, surplus, stage.continuing);
      papers.keep(chosen, quota);
    } else {
      const lowest = fewest(stage.excludable(rest), papers.votes);
      const votes = papers.votes[lowest[0] as number] as Fraction;
      const together = leaveTogether(stage, rest, lowest, votes);
      excluded = together ? lowest : [yield* pick(stage, 'exclusion', lowest, 1)];
      event = {
        code: 'excluded',
        candidates: excluded.map((i) => stage.name(i)),
        votes: showFraction(votes),
      };
      moveAll(stage, papers, excluded);
    }
  }
  if (stage.vacancies > 0) stage.takeBarred();
  return stage.branch(papers.votes);
}

/** Whether all who have no vote can be excluded at once: enough are left for the seats. */
export const leaveTogether = (
  stage: Stage,
  rest: readonly number[],
  lowest: readonly number[],
  votes: Fraction,
): boolean => votes.n === 0n && rest.length - lowest.length >= stage.vacancies && stage.canExclude(lowest);

function moveAll(stage: Stage, papers: Papers, out: readonly number[]): void {
  stage.exclude(out);
  for (const i of out) {
    const votes = papers.votes[i] as Fraction;
    if (votes.n > 0n) papers.transfer(i, votes, stage.continuing);
  }
}

/** Seats candidates from the most votes down, until seats or the limit end it. */
export function* seat(
  stage: Stage,
  candidates: readonly number[],
  votes: readonly Fraction[],
): Generator<ReturnType<Stage['question']>, void, number> {
  const never = stage.barred();
  let left = candidates.filter((i) => !never.includes(i));
  let previous: Fraction | null = null;
  while (left.length > 0 && stage.vacancies > 0) {
    const top = largest(left, votes);
    const contested = top.length > stage.vacancies || stage.contested(top);
    const next = contested ? yield* pick(stage, 'election', top, -1) : (top[0] as number);
    const level = previous !== null && compareFractions(previous, votes[next] as Fraction) === 0;
    stage.elect(next, level && !contested);
    previous = votes[next] as Fraction;
    const barred = stage.barred();
    left = left.filter((i) => i !== next && !barred.includes(i));
  }
}

/** One of the tied: by looking back, or else as the count is told. */
export function* pick(
  stage: Stage,
  purpose: 'exclusion' | 'surplus' | 'election',
  tied: readonly number[],
  direction: 1 | -1,
): Generator<ReturnType<Stage['question']>, number, number> {
  const left = stage.lookBack(tied, direction);
  return left.length === 1 ? (left[0] as number) : yield stage.question(purpose, left);
}

/** Those with the most votes. */
function largest(candidates: readonly number[], votes: readonly Fraction[]): number[] {
  const most = candidates.reduce(
    (best, i) => (compareFractions(votes[i] as Fraction, best) > 0 ? (votes[i] as Fraction) : best),
    ZERO,
  );
  return candidates.filter((i) => compareFractions(votes[i] as Fraction, most) === 0);
}

/** Of the elected of a round the first `atQuota` reached the quota; the others fill the last seats. */
export function electedEvents(elected: readonly string[], atQuota: number): RoundEvent[] {
  const events: RoundEvent[] = [
    { code: 'reached-quota', candidates: elected.slice(0, atQuota) },
    { code: 'last-seats', candidates: elected.slice(atQuota) },
  ];
  return events.filter((event) => 'candidates' in event && event.candidates.length > 0);
}
