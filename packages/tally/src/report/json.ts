import type { Outcome } from '../model.ts';

/**
 * The outcome as JSON, the same bytes for the same ballots: keys in the order of the types, candidates
 * in the order of `outcome.candidates` (an object of JavaScript would put number-like ids first), big
 * counts as plain integers. Ends with a line feed. `JSON.parse` gives an `Outcome` back, but for
 * counts past 2^53, which it rounds.
 */
export function toJson(outcome: Outcome): string {
  return `${write(outcome, outcome.candidates, '')}\n`;
}

function write(value: unknown, candidates: readonly string[], indent: string): string {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== 'object')) {
      return `[${value.map((item) => write(item, candidates, inner)).join(', ')}]`;
    }
    return wrap(
      '[',
      value.map((item) => write(item, candidates, inner)),
      ']',
      indent,
    );
  }
  const entries = keysOf(value, candidates).map(
    (key) => `${JSON.stringify(key)}: ${write((value as Record<string, unknown>)[key], candidates, inner)}`,
  );
  return wrap('{', entries, '}', indent);
}

function wrap(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`;
}

/** An object keyed by candidates is one without a prototype. */
export function keysOf(value: object, candidates: readonly string[]): readonly string[] {
  if (Object.getPrototypeOf(value) !== null) return Object.keys(value);
  return candidates.filter((id) => Object.hasOwn(value, id));
}
