import type { Ballot, BallotTable } from '@elekto/tally';

/** The candidates of a ballot by tiers, the best first; those without a rank are in none. */
export function tiersOf({ ranks }: Ballot): number[][] {
  const byRank = new Map<number, number[]>();
  for (let i = 0; i < ranks.length; i++) {
    const rank = ranks[i];
    if (rank === null || rank === undefined) continue;
    const tier = byRank.get(rank);
    if (tier === undefined) byRank.set(rank, [i]);
    else tier.push(i);
  }
  return [...byRank].sort(([a], [b]) => a - b).map(([, tier]) => tier);
}

/** What a set of ballots holds that some formats cannot. */
export interface Traits {
  readonly ties: boolean;
  readonly blank: boolean;
  /** Ballots, not blank, that leave somebody without a rank. */
  readonly incomplete: boolean;
  readonly counted: boolean;
}

/** Looks through all ballots once. */
export function traitsOf(table: BallotTable): Traits {
  const traits = { ties: false, blank: false, incomplete: false, counted: false };
  for (const ballot of table.ballots) {
    const tiers = tiersOf(ballot);
    const ranked = tiers.reduce((sum, tier) => sum + tier.length, 0);
    if (ranked > tiers.length) traits.ties = true;
    if (ranked === 0) traits.blank = true;
    else if (ranked < table.candidates.length) traits.incomplete = true;
    if (ballot.count !== undefined && ballot.count !== 1) traits.counted = true;
  }
  return traits;
}
