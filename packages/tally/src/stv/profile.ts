import type { BallotTable } from '../ballots/ballot-table.ts';
import { BLOCK_ROWS } from '../ballots/ballot-table.ts';

/** Equal ballots. `tiers[0]` holds the candidates ranked best; a tier of several is a tie. */
export interface BallotGroup {
  readonly tiers: readonly (readonly number[])[];
  readonly count: bigint;
}

/** All ballots that rank somebody, equal ones together, in an order that depends on the ballots alone. */
export interface Profile {
  readonly size: number;
  readonly groups: readonly BallotGroup[];
}

/**
 * Groups the ballots of a table. `order[i]` is the column of candidate i. Candidates without a number are in
 * no tier, whatever `unranked` says: a paper that ranks nobody who is left is not transferable (Scottish
 * Statutory Instrument 2007/42, rule 45), and not shared among those whom the voter did not name. With
 * `shared`, as edition 1 of the rules did, they share a tier below the others.
 */
export function groupBallots(table: BallotTable, order: readonly number[], shared = false): Profile {
  const counts = new Map<string, bigint>();
  const ranks = new Array<number>(order.length).fill(0);
  const put = (count: bigint): void => {
    const key = denseKey(ranks);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0n) + count);
  };
  for (const { cells, rows } of table.blocks()) {
    for (let r = 0; r < rows; r++) {
      for (let i = 0; i < ranks.length; i++)
        ranks[i] = cells[(order[i] as number) * BLOCK_ROWS + r] as number;
      put(1n);
    }
  }
  for (const row of table.weightedRows()) {
    for (let i = 0; i < ranks.length; i++) ranks[i] = row.ranks[order[i] as number] as number;
    put(BigInt(row.count));
  }
  const keys = [...counts.keys()].sort();
  const groups = keys.map((key) => ({ tiers: tiersOf(key, shared), count: counts.get(key) as bigint }));
  return { size: order.length, groups };
}

/** The ranks as characters 1, 2, 3 ... without gaps, 0 for none; null for a blank ballot. */
function denseKey(ranks: readonly number[]): string | null {
  const distinct = [...new Set(ranks)].filter((rank) => rank > 0).sort((a, b) => a - b);
  if (distinct.length === 0) return null;
  const place = new Map(distinct.map((rank, i) => [rank, i + 1]));
  return String.fromCharCode(...ranks.map((rank) => place.get(rank) ?? 0));
}

function tiersOf(key: string, shared: boolean): number[][] {
  const tiers: number[][] = [];
  const without: number[] = [];
  for (let i = 0; i < key.length; i++) {
    const rank = key.charCodeAt(i);
    if (rank === 0) without.push(i);
    else (tiers[rank - 1] ??= []).push(i);
  }
  if (shared && without.length > 0) tiers.push(without);
  return tiers;
}
