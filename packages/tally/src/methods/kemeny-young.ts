import type { Count, Step } from '../model.ts';
import { add } from '../arithmetic.ts';
import type { Pairwise } from '../pairwise/pairwise.ts';
import { cell } from '../pairwise/pairwise.ts';
import type { Method, Way } from './method.ts';
import { orderRelation, tieUnordered } from './order.ts';

/** Time and memory double with every candidate; 16 take a fraction of a second. */
export const MOST_KEMENY_CANDIDATES = 16;

/**
 * Kemeny-Young: the order of all candidates with which the ballots agree most, pair by pair. J. G. Kemeny,
 * "Mathematics without numbers", Daedalus 88 (1959); H. P. Young and A. Levenglick (1978). Found by
 * dynamic programming over sets of candidates. Where several orders are best, one candidate goes before
 * another only if all of them say so, and candidates on whom they disagree are tied.
 */
export const kemenyYoung: Method = {
  name: 'kemeny-young',
  title: 'Kemeny-Young',
  needsBallots: false,
  mostCandidates: MOST_KEMENY_CANDIDATES,
  rank({ pairwise, candidates }) {
    const { best, before } = bestOrders(pairwise);
    const beats = (a: number, b: number): boolean =>
      ((before[b] as number) >>> a) % 2 === 1 && ((before[a] as number) >>> b) % 2 === 0;
    const tiers = tieUnordered(orderRelation(candidates.length, beats, 'losses'), beats);
    const names = tiers.map(({ members }) => members.map((i) => candidates[i] as string));
    const steps: Step[] = [{ code: 'best-order', candidates: names.flat(), agreement: best, order: names }];
    const way: Way = { kind: 'order', between: () => null };
    return { tiers, beats, way, steps, rounds: [], seats: null };
  },
};

/** The highest agreement, and for each candidate the set of those who precede them in some best order. */
function bestOrders(pairwise: Pairwise): { best: Count; before: number[] } {
  const { size } = pairwise;
  const full = 2 ** size - 1;
  const zero: Count = pairwise.cells[0] === undefined || typeof pairwise.cells[0] === 'number' ? 0 : 0n;
  /** Agreement won by putting c after all of `set` and before everyone else. */
  const gain = (set: number, c: number): Count => {
    let sum = zero;
    for (let b = 0; b < size; b++)
      if (b !== c && ((set >>> b) & 1) === 0) sum = add(sum, cell(pairwise, c, b));
    return sum;
  };
  /** rest[set]: the most agreement won by ordering everyone outside `set` after it. */
  const rest = new Array<Count>(full + 1).fill(zero);
  for (let set = full - 1; set >= 0; set--) {
    let most: Count | null = null;
    for (let c = 0; c < size; c++) {
      if ((set >>> c) & 1) continue;
      const sum = add(gain(set, c), rest[set | (1 << c)] as Count);
      if (most === null || sum > most) most = sum;
    }
    rest[set] = most as Count;
  }
  const before = new Array<number>(size).fill(0);
  const onBest = new Uint8Array(full + 1);
  onBest[0] = 1;
  for (let set = 0; set < full; set++) {
    if (onBest[set] === 0) continue;
    for (let c = 0; c < size; c++) {
      if ((set >>> c) & 1 || add(gain(set, c), rest[set | (1 << c)] as Count) !== rest[set]) continue;
      before[c] = (before[c] as number) | set;
      onBest[set | (1 << c)] = 1;
    }
  }
  return { best: rest[0] as Count, before };
}
