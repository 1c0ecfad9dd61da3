import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints } from './canonical.ts';

/** Texts that begin alike often, of units on both sides of the surrogates, paired and not. */
const units = fc.constantFrom('a', '\ud7ff', '\ud83d', '\ud83e', '\ude00', '\ude01', '\ue000', '\uffff');
const text = fc.array(units, { maxLength: 6 }).map((some) => some.join(''));

/** The order as it is said: by the list of code points. */
function byTheList(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => Array.from(each, (char) => char.codePointAt(0) ?? 0));
  for (const [i, point] of (left ?? []).entries()) {
    const other = right?.[i];
    if (other === undefined) return 1;
    if (point !== other) return Math.sign(point - other);
  }
  return Math.sign((left?.length ?? 0) - (right?.length ?? 0));
}

describe('the order of code points', () => {
  it('is that of the lists of code points, also where half of a pair stands alone', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(byTheList(a, b));
      }),
      { numRuns: 5000 },
    );
  });
});
