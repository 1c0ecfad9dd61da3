import { indices } from '../indices.ts';

/** A growing relation without circles, kept transitively closed as rows of bits. */
export class LockedPairs {
  readonly #size: number;
  readonly #words: number;
  readonly #everyone: readonly number[];
  #reach: Int32Array;

  constructor(size: number) {
    this.#size = size;
    this.#everyone = indices(size);
    this.#words = (size + 31) >>> 5;
    this.#reach = new Int32Array(size * this.#words);
  }

  /** Whether a chain of locked pairs leads from a to b. */
  reaches(a: number, b: number): boolean {
    return bit(this.#reach, this.#words, a, b);
  }

  /**
   * Locks those of a group of pairs (`a * size + b`) that are on no circle of locked pairs and pairs of
   * the group, and returns them. What is kept makes no circle: one would consist of locked pairs alone.
   */
  lockGroup(group: readonly number[]): number[] {
    const all = this.#reach.slice();
    for (const edge of group) this.#close(all, edge);
    const kept = group.filter(
      (edge) => !bit(all, this.#words, edge % this.#size, Math.floor(edge / this.#size)),
    );
    if (kept.length === group.length) this.#reach = all;
    else for (const edge of kept) this.#close(this.#reach, edge);
    return kept;
  }

  /** Adds one pair: whoever reaches a now reaches b and all that b reaches. */
  #close(reach: Int32Array, edge: number): void {
    const words = this.#words;
    const a = Math.floor(edge / this.#size);
    const b = edge % this.#size;
    if (bit(reach, words, a, b)) return;
    for (const w of this.#everyone) {
      if (w !== a && !bit(reach, words, w, a)) continue;
      for (let k = 0; k < words; k++) {
        reach[w * words + k] = (reach[w * words + k] as number) | (reach[b * words + k] as number);
      }
      reach[w * words + (b >>> 5)] = (reach[w * words + (b >>> 5)] as number) | (1 << (b & 31));
    }
  }
}

function bit(bits: Int32Array, words: number, a: number, b: number): boolean {
  return (((bits[a * words + (b >>> 5)] as number) >>> (b & 31)) & 1) === 1;
}
