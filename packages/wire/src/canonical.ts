import { sha256 } from '@noble/hashes/sha2.js';
import { framed, toHex } from './bytes.ts';

/**
 * JSON in one form only: keys in code-point order, no white space, whole numbers, properties that are
 * undefined left out. What is hashed or signed is always this text in UTF-8.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('canonical JSON holds whole numbers only');
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    const byCodePoint = entries.toSorted(([a], [b]) => compareCodePoints(a, b));
    return `{${byCodePoint.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** Order by Unicode code points (not UTF-16 units). */
export function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (char) => char.codePointAt(0) ?? 0);
  const right = Array.from(b, (char) => char.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** SHA-256 of a framed message, hex. */
export const hashOf = (domain: string, ...parts: readonly (Uint8Array | string)[]): string =>
  toHex(sha256(framed(domain, ...parts)));
