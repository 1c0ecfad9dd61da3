import { BLOCK_ROWS } from '../ballots/ballot-table.ts';
import { indices } from '../indices.ts';
import type { PairwiseKernel } from './kernel.ts';
import { simdModule, TILE } from './simd-module.ts';

const PAGE = 65536;
const LAST = 255;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly run: (cells: number, rowBytes: number, used: number, fill: number) => void;
}

/**
 * The WebAssembly kernel: 16 ballots an instruction. For up to 254 candidates, whose cells are bytes.
 * Null where WebAssembly or its vectors are missing or a content security policy forbids it.
 */
export function createSimdKernel(): PairwiseKernel | null {
  const instance = instantiate();
  return instance === null ? null : { name: 'wasm-simd', add: (...args) => addBlock(instance, ...args) };
}

function instantiate(): Exports | null {
  try {
    const module = new WebAssembly.Module(simdModule());
    return new WebAssembly.Instance(module).exports as unknown as Exports;
  } catch {
    return null;
  }
}

function addBlock(
  { memory, run }: Exports,
  ...[{ cells, rows }, size, last, into]: Parameters<PairwiseKernel['add']>
): void {
  if (size === 0 || rows === 0) return;
  const wide = Math.ceil(size / TILE) * TILE;
  const bytes = wide * BLOCK_ROWS;
  const needed = bytes + wide * wide * 4;
  const missing = needed - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));

  const view = new Uint8Array(memory.buffer, 0, needed);
  const used = (rows + 15) & ~15;
  for (const c of indices(size)) {
    const start = c * BLOCK_ROWS;
    view.set(cells.subarray(start, start + rows), start);
    view.fill(0, start + rows, start + used);
  }
  view.fill(0, size * BLOCK_ROWS);
  run(bytes, wide * 4, used, last ? LAST : 0);

  const sums = new Uint32Array(memory.buffer, bytes, wide * wide);
  const columns = indices(size);
  for (const a of columns) {
    for (const b of columns)
      into[a * size + b] = (into[a * size + b] as number) + (sums[a * wide + b] as number);
  }
}
