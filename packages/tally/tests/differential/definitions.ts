/**
 * Every method as its definition says it, for a handful of candidates: all paths, all subsets, all orders, all
 * papers one by one. Slow and plain, and written apart from the engine, whose second opinion it is. Null
 * where a definition leaves a tie that the engine treats by a rule of its own.
 */

/** Ranks by candidate, 1 being best; null is not ranked. */
export type Paper = readonly (number | null)[];

/** d[a][b]: papers that rank both and prefer a. */
export function pairsOf(size: number, papers: readonly Paper[]): number[][] {
  return Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) =>
      papers.reduce((sum, paper) => {
        const [x, y] = [paper[a] ?? null, paper[b] ?? null];
        return sum + (x !== null && y !== null && x < y ? 1 : 0);
      }, 0),
    ),
  );
}

const at = (table: readonly (readonly number[])[], a: number, b: number): number => table[a]?.[b] ?? 0;

function* ordersOf(items: readonly number[]): Iterable<readonly number[]> {
  if (items.length === 0) yield [];
  for (const first of items) {
    for (const rest of ordersOf(items.filter((item) => item !== first))) yield [first, ...rest];
  }
}

function subsetsOf(size: number): number[][] {
  return Array.from({ length: 2 ** size }, (_, bits) =>
    Array.from({ length: size }, (_, i) => i).filter((i) => (bits >> i) & 1),
  );
}

/** Schulze (2011), 2.2: p[a][b] over every path, by winning votes; places are 1 + the number who beat you. */
export function schulzePlaces(d: readonly (readonly number[])[]): number[] {
  const size = d.length;
  const everyone = Array.from({ length: size }, (_, i) => i);
  const link = (a: number, b: number): number => (at(d, a, b) > at(d, b, a) ? at(d, a, b) : 0);
  const strongest = (a: number, b: number): number => {
    let best = 0;
    for (const between of subsetsOf(size)) {
      if (between.includes(a) || between.includes(b)) continue;
      for (const order of ordersOf(between)) {
        const path = [a, ...order, b];
        best = Math.max(best, Math.min(...path.slice(1).map((to, i) => link(path[i] as number, to))));
      }
    }
    return best;
  };
  const p = everyone.map((a) => everyone.map((b) => (a === b ? 0 : strongest(a, b))));
  return everyone.map((a) => 1 + everyone.filter((b) => at(p, b, a) > at(p, a, b)).length);
}

/** The smallest set whose members beat everybody outside it. */
export function smithSet(d: readonly (readonly number[])[]): number[] {
  const everyone = d.map((_, i) => i);
  const dominant = subsetsOf(d.length).filter(
    (set) =>
      set.length > 0 && set.every((a) => everyone.every((b) => set.includes(b) || at(d, a, b) > at(d, b, a))),
  );
  return dominant.reduce((least, set) => (set.length < least.length ? set : least));
}

/** All who are in a smallest set that nobody outside beats. */
export function schwartzSet(d: readonly (readonly number[])[]): number[] {
  const everyone = d.map((_, i) => i);
  const unbeaten = subsetsOf(d.length).filter(
    (set) =>
      set.length > 0 &&
      set.every((a) => everyone.every((b) => set.includes(b) || at(d, b, a) <= at(d, a, b))),
  );
  const least = unbeaten.filter(
    (set) => !unbeaten.some((other) => other.length < set.length && other.every((i) => set.includes(i))),
  );
  return everyone.filter((i) => least.some((set) => set.includes(i)));
}

/** Tideman (1987): victories locked from the strongest down. Null when two are as strong. */
export function rankedPairsOrder(d: readonly (readonly number[])[]): number[] | null {
  const everyone = d.map((_, i) => i);
  const victories = everyone
    .flatMap((a) => everyone.map((b) => [a, b] as const))
    .filter(([a, b]) => at(d, a, b) > at(d, b, a))
    .sort(([a, b], [x, y]) => at(d, x, y) - at(d, a, b));
  if (
    victories.some(([a, b], i) => i > 0 && at(d, a, b) === at(d, ...(victories[i - 1] as [number, number])))
  )
    return null;
  const locked: (readonly [number, number])[] = [];
  const leads = (from: number, to: number): boolean =>
    from === to || locked.some(([a, b]) => a === from && leads(b, to));
  for (const [a, b] of victories) if (!leads(b, a)) locked.push([a, b]);
  const complete = everyone.every((a) => everyone.every((b) => a === b || leads(a, b) || leads(b, a)));
  return complete ? [...everyone].sort((a, b) => (leads(a, b) ? -1 : 1)) : null;
}

/** The worst defeat of each, in winning votes. */
export function minimaxScores(d: readonly (readonly number[])[]): number[] {
  return d.map((_, b) => Math.max(0, ...d.map((_, a) => (at(d, a, b) > at(d, b, a) ? at(d, a, b) : 0))));
}

/** The most papers that prefer one other, defeat or not. */
export function oppositionScores(d: readonly (readonly number[])[]): number[] {
  return d.map((_, b) => Math.max(0, ...d.map((_, a) => (a === b ? 0 : at(d, a, b)))));
}

/** Minus twice the victories, minus one for a draw: the lowest is first. */
export function copelandScores(d: readonly (readonly number[])[]): number[] {
  return d.map((_, a) =>
    d.reduce((sum, _, b) => {
      if (a === b) return sum;
      return sum - (at(d, a, b) > at(d, b, a) ? 2 : at(d, a, b) === at(d, b, a) ? 1 : 0);
    }, 0),
  );
}

/** Minus the difference of preferences for and against, over all others. */
export function bordaScores(d: readonly (readonly number[])[]): number[] {
  return d.map((_, a) => -d.reduce((sum, _, b) => sum + at(d, a, b) - at(d, b, a), 0));
}

/** Minus twice the points of 1781: who is ranked gets those of their place, shared where it is; others none. */
export function bordaClassicScores(size: number, papers: readonly Paper[]): number[] {
  return Array.from({ length: size }, (_, a) =>
    papers.reduce((sum, paper) => {
      const own = paper[a] ?? null;
      if (own === null) return sum;
      const others = paper.filter((rank, b): rank is number => b !== a && rank !== null);
      const above = others.filter((rank) => rank < own).length;
      const level = others.filter((rank) => rank === own).length;
      return sum - (2 * (size - 1 - above) - level);
    }, 0),
  );
}

/** Kemeny (1959): the most preferences that an order agrees with, and all orders that do. */
export function kemenyOrders(d: readonly (readonly number[])[]): {
  best: number;
  orders: (readonly number[])[];
} {
  let best = -1;
  let orders: (readonly number[])[] = [];
  for (const order of ordersOf(d.map((_, i) => i))) {
    const agreement = order.reduce(
      (sum, a, i) => sum + order.slice(i + 1).reduce((each, b) => each + at(d, a, b), 0),
      0,
    );
    if (agreement > best) orders = [];
    if (agreement >= best) orders.push(order);
    best = Math.max(best, agreement);
  }
  return { best, orders };
}

const firstOf = (paper: Paper, left: readonly number[]): number[] => {
  const ranked = left.filter((i) => paper[i] !== null);
  const best = Math.min(...ranked.map((i) => paper[i] as number));
  return ranked.filter((i) => paper[i] === best);
};

/** Who is left by instant-runoff; null when two are tied for leaving. */
export function runoffWinner(size: number, papers: readonly Paper[]): number | null {
  let left = Array.from({ length: size }, (_, i) => i);
  while (left.length > 1) {
    const votes = new Map(left.map((i) => [i, 0]));
    // Whole numbers: a vote is divisible by any number of candidates who share it.
    for (const paper of papers) {
      const firsts = firstOf(paper, left);
      for (const i of firsts) votes.set(i, (votes.get(i) as number) + 60 / firsts.length);
    }
    const least = Math.min(...votes.values());
    const out = left.filter((i) => votes.get(i) === least);
    if (out.length > 1) return null;
    left = left.filter((i) => i !== out[0]);
  }
  return left[0] as number;
}

type Exact = readonly [bigint, bigint];
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
const exact = (n: bigint, d: bigint): Exact => {
  const g = gcd(n < 0n ? -n : n, d) || 1n;
  return [n / g, d / g];
};
const add = ([a, b]: Exact, [c, d]: Exact): Exact => exact(a * d + c * b, b * d);
const times = ([a, b]: Exact, [c, d]: Exact): Exact => exact(a * c, b * d);
const compare = ([a, b]: Exact, [c, d]: Exact): number => (a * d < c * b ? -1 : a * d > c * b ? 1 : 0);

/**
 * SSI 2007/42 paper by paper, with exact values, for papers without ties. Null when any choice is tied. Nobody
 * is excluded together.
 */
export function scottishElected(size: number, papers: readonly Paper[], seats: number): number[] | null {
  const order = papers.map((paper) =>
    paper
      .map((rank, i) => ({ rank, i }))
      .filter(({ rank }) => rank !== null)
      .sort((x, y) => (x.rank as number) - (y.rank as number))
      .map(({ i }) => i),
  );
  const valid = order.filter((each) => each.length > 0);
  const quota: Exact = [BigInt(Math.floor(valid.length / (seats + 1)) + 1), 1n];
  let left = Array.from({ length: size }, (_, i) => i);
  const elected: number[] = [];
  const held = valid.map((each) => ({ each, at: each[0] as number, value: [1n, 1n] as Exact }));
  const waiting: number[] = [];
  const votesOf = (i: number): Exact =>
    held.reduce<Exact>((sum, paper) => (paper.at === i ? add(sum, paper.value) : sum), [0n, 1n]);
  const move = (from: number, factor: Exact): void => {
    for (const paper of held) {
      if (paper.at !== from) continue;
      paper.value = times(paper.value, factor);
      paper.at = paper.each.find((i) => left.includes(i)) ?? -1;
    }
  };
  const only = (found: readonly number[]): number | null =>
    found.length === 1 ? (found[0] as number) : null;
  for (;;) {
    if (left.length <= seats - elected.length) return [...elected, ...left].sort((a, b) => a - b);
    const reached = left.filter((i) => compare(votesOf(i), quota) >= 0);
    if (reached.length > seats - elected.length) return null;
    const totals = reached.map(votesOf);
    if (totals.some((x, i) => totals.some((y, k) => i !== k && compare(x, y) === 0))) return null;
    elected.push(...reached);
    left = left.filter((i) => !reached.includes(i));
    waiting.push(...reached.filter((i) => compare(votesOf(i), quota) > 0));
    if (elected.length === seats) return elected.sort((a, b) => a - b);
    if (waiting.length > 0) {
      const most = waiting.reduce((best, i) => (compare(votesOf(i), votesOf(best)) > 0 ? i : best));
      const from = only(waiting.filter((i) => compare(votesOf(i), votesOf(most)) === 0));
      if (from === null) return null;
      waiting.splice(waiting.indexOf(from), 1);
      const votes = votesOf(from);
      const surplus = add(votes, [-quota[0], quota[1]]);
      move(from, [surplus[0] * votes[1], surplus[1] * votes[0]]);
      continue;
    }
    const fewest = left.reduce((best, i) => (compare(votesOf(i), votesOf(best)) < 0 ? i : best));
    const out = only(left.filter((i) => compare(votesOf(i), votesOf(fewest)) === 0));
    if (out === null) return null;
    left = left.filter((i) => i !== out);
    move(out, [1n, 1n]);
  }
}

/**
 * Meek's method in floating point, to convergence, for papers without ties. Null when a choice is tied or too
 * close to tell.
 */
export function meekElected(size: number, papers: readonly Paper[], seats: number): number[] | null {
  const order = papers.map((paper) =>
    paper
      .map((rank, i) => ({ rank, i }))
      .filter(({ rank }) => rank !== null)
      .sort((x, y) => (x.rank as number) - (y.rank as number))
      .map(({ i }) => i),
  );
  const keep = new Array<number>(size).fill(1);
  const elected: number[] = [];
  let left = Array.from({ length: size }, (_, i) => i);
  const near = 1e-4;
  for (;;) {
    if (left.length <= seats - elected.length) return [...elected, ...left].sort((a, b) => a - b);
    let votes: number[] = [];
    let quota = 0;
    for (let round = 0; round < 5000; round++) {
      votes = new Array<number>(size).fill(0);
      for (const each of order) {
        let weight = 1;
        for (const i of each) {
          votes[i] = (votes[i] as number) + weight * (keep[i] as number);
          weight *= 1 - (keep[i] as number);
        }
      }
      quota = votes.reduce((sum, each) => sum + each, 0) / (seats + 1);
      const surplus = elected.reduce((sum, i) => sum + Math.max(0, (votes[i] as number) - quota), 0);
      if (surplus < 1e-9) break;
      for (const i of elected) keep[i] = ((keep[i] as number) * quota) / (votes[i] as number);
    }
    const margin = (i: number): number => (votes[i] as number) - quota;
    if (left.some((i) => Math.abs(margin(i)) < near)) return null;
    const reached = left.filter((i) => margin(i) > 0);
    if (reached.length > seats - elected.length) return null;
    elected.push(...reached);
    left = left.filter((i) => !reached.includes(i));
    if (elected.length === seats) return elected.sort((a, b) => a - b);
    if (reached.length > 0) continue;
    const sorted = [...left].sort((a, b) => (votes[a] as number) - (votes[b] as number));
    const [out = -1, next = -1] = sorted;
    if (Math.abs((votes[out] as number) - (votes[next] as number)) < near) return null;
    left = left.filter((i) => i !== out);
    keep[out] = 0;
  }
}
