/** A piece of work that is about to begin, by what its time depends on. */
export type Effort =
  | { readonly kind: 'box'; readonly bytes: number; readonly points: number }
  | {
      readonly kind: 'check-mix' | 'check-decryption' | 'mix' | 'decrypt';
      readonly ballots: number;
      readonly points: number;
    };

/** Ms a ballot with one point, on a quiet machine (docs/benchmarks.md); only what they are to each other matters. */
const COST = { box: 1.1, 'check-mix': 1.2, 'check-decryption': 0.4, mix: 1.9, decrypt: 1 } as const;

/** suite, handle, tag, then a, b, A and z for each point. */
const recordBytes = (points: number): number => 1 + 16 + 32 + 128 * points;

/** How long a piece of work takes on a quiet machine, ms. */
export function expectedTime(effort: Effort): number {
  const ballots = effort.kind === 'box' ? effort.bytes / recordBytes(effort.points) : effort.ballots;
  return 20 + COST[effort.kind] * ballots * effort.points;
}

/** What is left of a piece of work, from how much slower this computer was before; ms, at least 0. */
export function timeLeft(effort: Effort, running: number, slowness: number): number {
  return Math.max(0, expectedTime(effort) * slowness - running);
}
