import { compare, gcd, subtract } from '../arithmetic.ts';
import { indices } from '../indices.ts';
import type { Count, Strength, StrengthRule } from '../model.ts';
import type { Pairwise } from '../pairwise/pairwise.ts';
import { cell } from '../pairwise/pairwise.ts';

/**
 * The pairwise victories, strongest comparable with strongest. Every method that compares strengths
 * needs only their order, so each link carries an ordinal: 0 is no link, 1 the weakest strength that
 * occurs, equal strengths share one. Exact for any counts and rules, and small integers from here on.
 */
export interface Links {
  readonly size: number;
  /** At `a * size + b`. At most one of a->b and b->a is a link. */
  readonly ordinals: Int32Array;
  /** The strength to show for an ordinal; at 0 what "no path" shows. */
  readonly strengths: readonly Strength[];
}

export interface LinkRule {
  readonly strength: StrengthRule;
  /** Split equal strengths by smaller opposition (by greater support when the strength is opposition). */
  readonly secondary: boolean;
}

/** The links of a pairwise matrix: a->b where more ballots prefer a than b. */
export function buildLinks(pairwise: Pairwise, rule: LinkRule): Links {
  const { size } = pairwise;
  const edges: number[] = [];
  const everyone = indices(size);
  for (const a of everyone) {
    for (const b of everyone) {
      if (cell(pairwise, a, b) > cell(pairwise, b, a)) edges.push(a * size + b);
    }
  }
  const ordinals = new Int32Array(size * size);
  const firsts = pairwise.cells instanceof Float64Array ? byKeys(pairwise, rule, edges, ordinals) : null;
  const kinds = firsts ?? byOrder(strengthOrder(pairwise, rule), edges, ordinals);
  const none: Strength = rule.strength === 'opposition' ? null : 0;
  return { size, ordinals, strengths: [none, ...kinds.map((edge) => shown(pairwise, edge, rule.strength))] };
}

/** Fills in ordinals by sorting links; returns one link of every strength, weakest first. */
function byOrder(order: (x: number, y: number) => number, edges: number[], ordinals: Int32Array): number[] {
  const kinds: number[] = [];
  let previous: number | null = null;
  for (const edge of edges.toSorted(order)) {
    if (previous === null || order(previous, edge) !== 0) kinds.push(edge);
    ordinals[edge] = kinds.length;
    previous = edge;
  }
  return kinds;
}

/** As `byOrder` where one double says how strong a link is: sorting doubles is several times faster. */
function byKeys(pairwise: Pairwise, rule: LinkRule, edges: number[], ordinals: Int32Array): number[] | null {
  const { size } = pairwise;
  const cells = pairwise.cells as Float64Array;
  if (rule.secondary || rule.strength === 'ratio') return null;
  const { strength } = rule;
  const keys = Float64Array.from(edges, (edge) => {
    const support = cells[edge] as number;
    if (strength === 'winning') return support;
    const opposition = cells[(edge % size) * size + Math.floor(edge / size)] as number;
    return strength === 'margins' ? support - opposition : -opposition;
  });
  const distinct = keys.toSorted().filter((key, i, sorted) => key !== sorted[i - 1]);
  const kinds = new Array<number>(distinct.length).fill(-1);
  edges.forEach((edge, i) => {
    const kind = positionOf(distinct, keys[i] as number);
    ordinals[edge] = kind + 1;
    if (kinds[kind] === -1) kinds[kind] = edge;
  });
  return kinds;
}

/** Where a value stands in a sorted list that holds it. */
function positionOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Orders links (as cell indices) from weak to strong; 0 for equal strength. Schulze 2011, section 2.1. */
function strengthOrder(
  pairwise: Pairwise,
  { strength, secondary }: LinkRule,
): (x: number, y: number) => number {
  const { size, cells } = pairwise;
  const support = (edge: number): Count => cells[edge] as Count;
  const opposition = (edge: number): Count => cells[(edge % size) * size + Math.floor(edge / size)] as Count;
  const lessOpposed = (x: number, y: number): number => compare(opposition(y), opposition(x));
  const moreSupported = (x: number, y: number): number => compare(support(x), support(y));
  const margin = (edge: number): Count => subtract(support(edge), opposition(edge));
  const primary = {
    winning: moreSupported,
    margins: (x: number, y: number) => compare(margin(x), margin(y)),
    ratio: (x: number, y: number) => compareRatios(support(x), opposition(x), support(y), opposition(y)),
    opposition: lessOpposed,
  }[strength];
  if (!secondary) return primary;
  const second = strength === 'opposition' ? moreSupported : lessOpposed;
  return (x, y) => primary(x, y) || second(x, y);
}

/** e:f against g:h without division; against nobody, more support is the greater ratio (Schulze 2011). */
function compareRatios(e: Count, f: Count, g: Count, h: Count): number {
  const left = BigInt(e) * BigInt(h);
  const right = BigInt(g) * BigInt(f);
  return left === right && BigInt(f) === 0n && BigInt(h) === 0n ? compare(e, g) : compare(left, right);
}

function shown(pairwise: Pairwise, edge: number, strength: StrengthRule): Strength {
  const size = pairwise.size;
  const support = pairwise.cells[edge] as Count;
  const opposition = cell(pairwise, edge % size, Math.floor(edge / size));
  if (strength === 'winning') return support;
  if (strength === 'margins') return subtract(support, opposition);
  if (strength === 'opposition') return opposition;
  return ratio(BigInt(support), BigInt(opposition));
}

/** In lowest terms; against nobody the support itself tells, so it stays. */
function ratio(support: bigint, opposition: bigint): string {
  const divisor = opposition === 0n ? 1n : gcd(support, opposition);
  return `${support / divisor}:${opposition / divisor}`;
}
