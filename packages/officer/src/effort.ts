import { recordBytes } from '@elekto/custody';

/** A piece of work that is about to begin, by what its time depends on. */
export type Effort =
  | { readonly kind: 'box'; readonly bytes: number; readonly points: number }
  | {
      readonly kind: 'check-mix' | 'check-decryption' | 'mix' | 'decrypt';
      readonly ballots: number;
      readonly points: number;
    };

/** Ms a ballot and point on a quiet machine (docs/benchmarks.md); what they are to each other matters more. */
const COST = { box: 1.1, 'check-mix': 1.2, 'check-decryption': 0.4, mix: 3.1, decrypt: 1.4 } as const;
/** Whatever there is to do. */
const LEAST = 20;

const expected = (effort: Effort): number => {
  const ballots = effort.kind === 'box' ? effort.bytes / recordBytes(effort.points) : effort.ballots;
  return LEAST + COST[effort.kind] * ballots * effort.points;
};

/**
 * Tells before each piece of work how long it will take, ms, from how much slower than a quiet machine this computer was until
 * then.
 */
export function createPace(now: () => number): (effort: Effort) => number {
  let slowness = 1;
  let last: { readonly at: number; readonly expected: number } | null = null;
  return (effort) => {
    const at = now();
    if (last !== null) slowness = Math.max(0.2, (at - last.at) / last.expected);
    const wanted = expected(effort);
    last = { at, expected: wanted };
    return wanted * slowness;
  };
}
