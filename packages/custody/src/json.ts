import { fromBase64Url } from '@elekto/wire';

/** The fields of an object that has exactly these; null for anything else. */
export function exactly<K extends string>(value: unknown, keys: readonly K[]): Record<K, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const names = Object.keys(value);
  if (names.length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) return null;
  return value as Record<K, unknown>;
}

/** Bytes of a canonical base64url text of exactly this length; null for anything else. */
export const bytesOf = (value: unknown, length: number): Uint8Array<ArrayBuffer> | null =>
  typeof value === 'string' ? fromBase64Url(value, length) : null;

/** A whole number from `least` to `most`; null for anything else. */
export const wholeOf = (value: unknown, least: number, most: number): number | null =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : null;

/** What a JSON text says; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
