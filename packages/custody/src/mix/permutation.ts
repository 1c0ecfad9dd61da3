import { randomBytes } from '@noble/hashes/utils.js';

/** A uniformly random whole number below `bound` (at most 2^32), without bias. */
function randomBelow(bound: number): number {
  const most = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const bytes = randomBytes(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (value < most) return value % bound;
  }
}

/** A uniformly random order of 0..count - 1 (Fisher and Yates). */
export function randomPermutation(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = randomBelow(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
