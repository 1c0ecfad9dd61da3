import { BYTE_CANDIDATES } from '../ballots/ballot-table.ts';
import { bitSlicedKernel } from './bit-sliced.ts';
import type { PairwiseKernel } from './kernel.ts';
import { createSimdKernel } from './simd-kernel.ts';

let simd: PairwiseKernel | null | undefined;

/** The fastest kernel this machine has for so many candidates. All kernels agree to the last ballot. */
export function bestKernel(size: number): PairwiseKernel {
  if (size > BYTE_CANDIDATES) return bitSlicedKernel;
  if (simd === undefined) simd = createSimdKernel();
  return simd ?? bitSlicedKernel;
}
