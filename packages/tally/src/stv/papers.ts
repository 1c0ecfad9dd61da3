import type { Fraction } from './fraction.ts';
import { fraction, plus, scale, ZERO } from './fraction.ts';
import type { Profile } from './profile.ts';

/** Votes by candidate and those with nobody left to go to. */
export interface Distribution {
  readonly votes: Fraction[];
  exhausted: Fraction;
}

/** The candidates of the best tier that still has continuing ones. */
export function nextPreferences(
  tiers: readonly (readonly number[])[],
  continuing: ReadonlySet<number>,
): number[] {
  for (const tier of tiers) {
    const left = tier.filter((i) => continuing.has(i));
    if (left.length > 0) return left;
  }
  return [];
}

/** Every ballot to its best continuing candidates, in equal parts where it ties them. */
export function distribute(profile: Profile, continuing: ReadonlySet<number>): Distribution {
  const votes = new Array<Fraction>(profile.size).fill(ZERO);
  let exhausted = ZERO;
  for (const { tiers, count } of profile.groups) {
    const next = nextPreferences(tiers, continuing);
    if (next.length === 0) exhausted = plus(exhausted, fraction(count));
    const part = fraction(count, BigInt(Math.max(1, next.length)));
    for (const i of next) votes[i] = plus(votes[i] as Fraction, part);
  }
  return { votes, exhausted };
}

/**
 * Ballot papers in the hands of candidates, for weighted inclusive Gregory transfers: every paper a
 * candidate holds moves on, at a value that is its value there times surplus over votes.
 */
export class Papers implements Distribution {
  readonly votes: Fraction[];
  exhausted: Fraction = ZERO;
  readonly #profile: Profile;
  readonly #held: Map<number, Fraction>[];

  constructor(profile: Profile, continuing: ReadonlySet<number>) {
    this.#profile = profile;
    this.votes = new Array<Fraction>(profile.size).fill(ZERO);
    this.#held = Array.from({ length: profile.size }, () => new Map<number, Fraction>());
    profile.groups.forEach(({ count }, group) => this.#give(group, fraction(count), continuing));
  }

  /** Moves `part` of the votes of a candidate on: the surplus, or everything. */
  transfer(from: number, part: Fraction, continuing: ReadonlySet<number>): void {
    const papers = this.#held[from] as Map<number, Fraction>;
    const votes = this.votes[from] as Fraction;
    this.#held[from] = new Map();
    this.votes[from] = ZERO;
    for (const [group, value] of papers) {
      this.#give(group, scale(value, part, votes), continuing);
    }
  }

  /** Leaves a candidate with a fixed number of votes that never move again. */
  keep(candidate: number, votes: Fraction): void {
    this.votes[candidate] = votes;
  }

  #give(group: number, value: Fraction, continuing: ReadonlySet<number>): void {
    const next = nextPreferences(this.#profile.groups[group]?.tiers ?? [], continuing);
    if (next.length === 0) this.exhausted = plus(this.exhausted, value);
    const part = fraction(value.n, value.d * BigInt(Math.max(1, next.length)));
    for (const i of next) {
      const held = this.#held[i] as Map<number, Fraction>;
      held.set(group, plus(held.get(group) ?? ZERO, part));
      this.votes[i] = plus(this.votes[i] as Fraction, part);
    }
  }
}
