import { describe, expect, it } from 'vitest';

import { SeatBook } from './seat-book.ts';
import type { GroupsInForce, LimitInForce, SeatRules } from './seat-rules.ts';

const values = (of: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(of));
const limit = (max: number, of: Record<string, string>): LimitInForce => ({
  field: 'team',
  max,
  values: values(of),
});
const groups = (seats: Record<string, number>, of: Record<string, string>): GroupsInForce => ({
  field: 'team',
  seats: new Map(Object.entries(seats)),
  values: values(of),
});
const book = (available: number, rules: Partial<SeatRules> = {}): SeatBook =>
  new SeatBook({ available, limit: null, groups: null, barred: new Map(), decisions: [], ...rules }, [
    ...'abcdgh',
  ]);

describe('the book of seats', () => {
  it('says whether several can be seated together', () => {
    expect(['abc', 'abcd', 'a', ''].map((ids) => book(3).seatsAll([...ids]))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    const limited = book(3, { limit: limit(1, { a: 'X', b: 'X', c: 'Y' }) });
    expect(['ac', 'ab', 'acd'].map((ids) => limited.seatsAll([...ids]))).toEqual([true, false, true]);
    const kept = book(2, { groups: groups({ G: 1 }, { g: 'G', h: 'G' }) });
    expect(['ga', 'gh', 'ab', 'gha'].map((ids) => kept.seatsAll([...ids]))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('counts who sits as seated already', () => {
    const seated = book(2, { sitting: new Set(['a']) });
    expect(['ab', 'abc', 'bc'].map((ids) => seated.seatsAll([...ids]))).toEqual([true, false, false]);
    expect([seated.left, seated.keeps('a'), seated.keeps('b')]).toEqual([1, true, false]);
  });

  it('names the groups for which a seat is still kept, and no others', () => {
    const two = book(2, { groups: groups({ G: 1, H: 1 }, { g: 'G', h: 'H' }) });
    expect(two.skip('a')).toEqual({ code: 'kept', candidate: 'a', seats: 2, values: ['G', 'H'] });
    two.elect('g');
    expect(two.blocks('a')).toBe(true);
    expect(two.skip('a')).toEqual({ code: 'kept', candidate: 'a', seats: 1, values: ['H'] });
    two.leave('h');
    expect([two.blocks('a'), two.free]).toEqual([false, 1]);
  });
});
