import type { MethodInput, MethodResult } from '../methods/method.ts';
import { orderRelation } from '../methods/order.ts';
import type { OpenTie, Step, TieDecision } from '../model.ts';
import type { Filled } from '../seats/fill-seats.ts';
import { resolves } from '../seats/fill-seats.ts';
import type { Branch, Counting, Explored } from './explore.ts';
import { explore } from './explore.ts';

/**
 * Runs a count in rounds and says what is certain. Elected is who is elected however its ties are
 * broken; the others who could be are named as tied for the seats that remain, unless a recorded
 * decision says which of them sit. A place is 1 + the number who finish before you however ties break.
 */
export function settle(input: MethodInput, start: () => Counting): MethodResult {
  const explored = explore(start);
  const all = explored.branches.length > 0 ? explored.branches : [standing(explored)];
  const { certain, tie } = knownSeats(input, explored, all);
  const decision = tie === null ? undefined : decisionFor(input, explored, all, certain, tie);
  const winners = tie?.candidates.filter((id) => decision?.winners.includes(id) === true) ?? [];
  const branches =
    decision === undefined || explored.branches.length === 0
      ? all
      : all.filter((branch) => sits(input, branch, [...certain, ...winners]));
  const undecided = tie !== null && decision === undefined;
  const shown = undecided || explored.branches.length === 0 ? standing(explored) : (branches[0] as Branch);
  const tiers = mergeOrders(input, branches);
  const order = tiers.flatMap(({ members }) => members.map((i) => input.candidates[i] as string));
  const seats: Filled = {
    elected: order.filter((id) => certain.includes(id) || winners.includes(id)),
    ties: undecided ? [tie] : [],
    skipped: shown.skipped,
    decisions: tie !== null && decision !== undefined ? [{ ...tie, winners, how: decision.how }] : [],
  };
  return {
    tiers,
    beats: null,
    way: null,
    steps: steps(input, explored, seats, shown.rounds),
    rounds: shown.rounds,
    seats,
  };
}

interface KnownSeats {
  /** Who sits however the ties are broken. */
  readonly certain: readonly string[];
  /** Who might sit, and on how many seats; null when it is the same people always. */
  readonly tie: OpenTie | null;
}

function knownSeats(
  input: MethodInput,
  { branches, firstTie }: Explored,
  all: readonly Branch[],
): KnownSeats {
  const kept = input.candidates.flatMap((id, i) => (input.seatRules.sitting?.has(id) === true ? [i] : []));
  const first = [...new Set([...(all[0] as Branch).elected, ...(branches.length > 0 ? [] : kept)])];
  const certain = first.filter((i) => kept.includes(i) || all.every((branch) => branch.elected.includes(i)));
  const everyone = input.candidates.map((_, i) => i);
  const possible =
    branches.length > 0
      ? everyone.filter((i) => all.some((branch) => branch.elected.includes(i)))
      : [...new Set([...certain, ...(firstTie?.continuing ?? [])])];
  const rest = possible.filter((i) => !certain.includes(i));
  const left = branches.length > 0 ? first.length : Math.min(input.seatRules.available, possible.length);
  const seats = left - certain.length;
  const name = (i: number): string => input.candidates[i] as string;
  if (rest.length > seats && seats > 0)
    return { certain: certain.map(name), tie: { candidates: rest.map(name), seats, value: null } };
  return { certain: seats > 0 ? possible.map(name) : certain.map(name), tie: null };
}

function decisionFor(
  input: MethodInput,
  explored: Explored,
  all: readonly Branch[],
  certain: readonly string[],
  tie: OpenTie,
): TieDecision | undefined {
  return input.seatRules.decisions.find(
    (each) => resolves(each, tie) && attainable(input, explored, all, [...certain, ...each.winners]),
  );
}

/** A decision can only choose a result that some way to break the ties leads to. */
function attainable(
  input: MethodInput,
  { branches }: Explored,
  all: readonly Branch[],
  elected: readonly string[],
): boolean {
  return branches.length === 0 || all.some((branch) => sits(input, branch, elected));
}

function sits({ candidates }: MethodInput, branch: Branch, ids: readonly string[]): boolean {
  return (
    branch.elected.length === ids.length && branch.elected.every((i) => ids.includes(candidates[i] as string))
  );
}

function standing({ firstTie }: Explored): Branch {
  return (firstTie as NonNullable<Explored['firstTie']>).soFar;
}

function mergeOrders({ candidates }: MethodInput, branches: readonly Branch[]): MethodResult['tiers'] {
  const positions = branches.map(({ order }) => {
    const at = new Map<number, number>();
    order.forEach((group, i) => group.forEach((candidate) => at.set(candidate, i)));
    return at;
  });
  const ahead = (a: number, b: number): boolean =>
    positions.every((at) => (at.get(a) as number) < (at.get(b) as number));
  return orderRelation(candidates.length, ahead, 'losses');
}

function steps(
  { candidates }: MethodInput,
  { firstTie }: Explored,
  { ties, decisions }: Filled,
  rounds: MethodResult['rounds'],
): Step[] {
  const made: Step[] = rounds.map(({ round, elected, excluded }) => ({
    code: 'round',
    candidates: [...elected, ...excluded],
    round,
  }));
  if (firstTie === null) return made;
  const tied = firstTie.tied.map((i) => candidates[i] as string);
  const at = firstTie.soFar.rounds.length;
  const effect = ties.length > 0 ? 'open' : decisions.length > 0 ? 'decided' : 'harmless';
  const how = decisions[0]?.how ?? null;
  const { purpose } = firstTie;
  return made.toSpliced(at, 0, {
    code: 'tie',
    candidates: tied,
    round: at + 1,
    purpose,
    effect,
    how,
  });
}
