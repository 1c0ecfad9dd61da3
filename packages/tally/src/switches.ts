import type { OrderRule, StrengthRule, UnrankedRule } from './model.ts';
import { CountError } from './model.ts';

export const STRENGTHS: readonly StrengthRule[] = ['winning', 'margins', 'ratio', 'opposition'];
export const UNRANKED: readonly UnrankedRule[] = ['no-opinion', 'last'];
export const ORDERS: readonly OrderRule[] = ['losses', 'wins', 'layers'];

/** @throws CountError for a switch set to a word it does not know. */
export function checkSwitches(given: { strength: string; unranked: string; order: string }): void {
  check('strength', given.strength, STRENGTHS);
  check('unranked', given.unranked, UNRANKED);
  check('order', given.order, ORDERS);
}

function check(name: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) throw new CountError(`${name} is one of ${words.join(', ')}, not "${value}"`);
}
