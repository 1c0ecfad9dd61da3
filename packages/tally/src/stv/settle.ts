import type { MethodInput, MethodResult } from '../methods/method.ts';
import { orderRelation } from '../methods/order.ts';
import type { BoundaryTie, Step } from '../model.ts';
import type { Filled } from '../seats.ts';
import { resolves } from '../seats.ts';
import { listOf } from '../words.ts';
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
  const open = openTie(input, explored, all);
  const decision = input.seatRules.decisions.find(
    (each) =>
      open !== null && resolves(each, open.tie) && attainable(input, explored, all, open, each.winners),
  );
  const chosen = new Set(decision?.winners);
  const certain = open?.certain ?? (all[0] as Branch).elected.map((i) => input.candidates[i] as string);
  const branches =
    decision === undefined || explored.branches.length === 0
      ? all
      : all.filter((branch) => sits(input, branch, [...certain, ...decision.winners]));
  const branch = branches[0] as Branch;
  const undecided = open !== null && decision === undefined;
  const winners = open?.tie.candidates.filter((id) => chosen.has(id)) ?? [];
  const seats: Filled = {
    elected: [...certain, ...winners],
    ties: undecided ? [open.tie] : [],
    skipped: undecided
      ? (explored.firstTie as NonNullable<Explored['firstTie']>).soFar.skipped
      : branch.skipped,
    decisions: open !== null && decision !== undefined ? [{ ...open.tie, winners, how: decision.how }] : [],
  };
  const rounds =
    undecided || explored.branches.length === 0
      ? (explored.firstTie?.soFar.rounds ?? branch.rounds)
      : branch.rounds;
  return {
    tiers: mergeOrders(input, branches),
    beats: null,
    steps: steps(input, explored, seats, rounds),
    rounds,
    seats,
  };
}

interface OpenTie {
  readonly certain: readonly string[];
  readonly tie: BoundaryTie;
}

/** Who sits however the ties are broken, and who might; null when it is the same people always. */
function openTie(input: MethodInput, explored: Explored, all: readonly Branch[]): OpenTie | null {
  const name = (i: number): string => input.candidates[i] as string;
  const first = (all[0] as Branch).elected;
  const certain = first.filter((i) => all.every((branch) => branch.elected.includes(i)));
  const possible =
    explored.branches.length > 0
      ? input.candidates.map((_, i) => i).filter((i) => all.some((branch) => branch.elected.includes(i)))
      : [...certain, ...(explored.firstTie?.continuing ?? [])];
  const candidates = possible.filter((i) => !certain.includes(i)).map(name);
  const free = Math.min(input.seatRules.available, possible.length) - certain.length;
  const seats = explored.branches.length > 0 ? first.length - certain.length : free;
  return candidates.length > 0 && seats > 0
    ? { certain: certain.map(name), tie: { candidates, seats } }
    : null;
}

/** A decision can only choose a result that some way to break the ties leads to. */
function attainable(
  input: MethodInput,
  explored: Explored,
  all: readonly Branch[],
  open: OpenTie,
  winners: readonly string[],
): boolean {
  if (explored.branches.length === 0) return true;
  return all.some((branch) => sits(input, branch, [...open.certain, ...winners]));
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
  const made: Step[] = rounds.map(({ round, message, elected, excluded }) => ({
    code: 'round',
    message: `Round ${round}: ${message}`,
    candidates: [...elected, ...excluded],
  }));
  if (firstTie === null) return made;
  const tied = firstTie.tied.map((i) => candidates[i] as string);
  const matter =
    ties.length > 0
      ? 'The way it is broken decides who is elected, so it is left open.'
      : decisions.length > 0
        ? `The recorded decision resolves it: ${decisions[0]?.how}.`
        : 'However it is broken, the same candidates are elected.';
  const at = firstTie.soFar.rounds.length;
  const message = `Before round ${at + 1} ${listOf(tied)} are level for ${firstTie.purpose}. ${matter}`;
  return made.toSpliced(at, 0, { code: 'tie', message, candidates: tied });
}
