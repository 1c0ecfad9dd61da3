import type { Block } from '../ballots/ballot-table.ts';

/**
 * Counts a block of ballots: adds to `into[a * size + b]` the rows that rank both and prefer a. With
 * `last` a 0 cell ranks below every number instead of saying nothing.
 */
export interface PairwiseKernel {
  readonly name: string;
  add(block: Block, size: number, last: boolean, into: Float64Array): void;
}
