import type { Count } from './model.ts';

/** "A", "A and B", "A, B and C". */
export function listOf(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? 'nobody';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** "1 ballot", "12 ballots". */
export function ballots(count: Count): string {
  return quantity(count, 'ballot');
}

/** "1 seat", "3 seats": a count and its noun, which takes an s. */
export function quantity(count: Count, noun: string): string {
  return `${count} ${noun}${count === 1 || count === 1n ? '' : 's'}`;
}

/** Orders different ids by UTF-16 code units, the same in every locale. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
