import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from './bytes.ts';

const leafHash = (leaf: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(0), leaf));
const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concat(Uint8Array.of(1), left, right));

/** The largest power of two smaller than `n` (n > 1). */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** Merkle tree hash of a list (RFC 6962 §2.1); of the empty list, SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const growing = growingRoot();
  for (const leaf of leaves) growing.add(leaf);
  return growing.root();
}

/** As `merkleRoot`, for leaves that come one after the other: of a long list others can have their turn in between. */
export function growingRoot(): { add(leaf: Uint8Array): void; root(): Uint8Array } {
  /** From the left, trees whose sizes are powers of two, each smaller than the one before. */
  const whole: { readonly hash: Uint8Array; readonly size: number }[] = [];
  return {
    add(leaf) {
      let grown = { hash: leafHash(leaf), size: 1 };
      for (let last = whole.at(-1); last?.size === grown.size; last = whole.at(-1)) {
        whole.pop();
        grown = { hash: nodeHash(last.hash, grown.hash), size: 2 * grown.size };
      }
      whole.push(grown);
    },
    root: () =>
      whole.length === 0
        ? sha256(new Uint8Array())
        : whole.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right)),
  };
}

/** A tree whose nodes are kept: many paths of one list cost a few look-ups each. */
export interface MerkleTree {
  readonly size: number;
  /** As `merkleRoot`. */
  readonly root: Uint8Array;
  /** The audit path of leaf `index`, nearest sibling first (RFC 6962 §2.1.1). */
  path(index: number): Uint8Array[];
}

/** Hashes a list once; about 70 bytes a leaf stay in memory. */
export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  interface Node {
    readonly hash: Uint8Array;
    readonly size: number;
    readonly left?: Node;
    readonly right?: Node;
  }
  const grow = (from: number, to: number): Node => {
    const size = to - from;
    if (size === 1) return { hash: leafHash(leaves[from] ?? new Uint8Array()), size };
    const middle = from + split(size);
    const [left, right] = [grow(from, middle), grow(middle, to)];
    return { hash: nodeHash(left.hash, right.hash), size, left, right };
  };
  const climb = ({ left, right }: Node, index: number): Uint8Array[] => {
    if (left === undefined || right === undefined) return [];
    return index < left.size
      ? [...climb(left, index), right.hash]
      : [...climb(right, index - left.size), left.hash];
  };
  const top = leaves.length === 0 ? { hash: sha256(new Uint8Array()), size: 0 } : grow(0, leaves.length);
  return { size: leaves.length, root: top.hash, path: (index) => climb(top, index) };
}

/** The root that `leaf` at `index` of `size` leaves and its path lead to; null when the path has the wrong length. */
export function rootFromPath(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!Number.isInteger(index) || index < 0 || index >= size) return null;
  const climb = (at: number, of: number, rest: readonly Uint8Array[]): Uint8Array | null => {
    if (of === 1) return rest.length === 0 ? leafHash(leaf) : null;
    const sibling = rest.at(-1);
    if (sibling === undefined) return null;
    const middle = split(of);
    const below = rest.slice(0, -1);
    if (at < middle) {
      const left = climb(at, middle, below);
      return left === null ? null : nodeHash(left, sibling);
    }
    const right = climb(at - middle, of - middle, below);
    return right === null ? null : nodeHash(sibling, right);
  };
  return climb(index, size, path);
}
