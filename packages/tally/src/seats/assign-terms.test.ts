import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkDecision } from '../check-decision.ts';
import { count } from '../count.ts';
import { METHODS } from '../methods/registry.ts';
import type { CountOptions, TieDecision } from '../model.ts';
import { anySet, ballotsOf, runs } from '../testing.ts';
import { assignTerms } from './assign-terms.ts';

const TERMS = [
  { seats: 2, term: '2 years' },
  { seats: 1, term: '1 year' },
];
const all = (elected: readonly string[]) => ({ elected, openTies: [], decisions: [] });
const served = (places: string[][], elected: string[], decisions: TieDecision[] = []) =>
  assignTerms(places, all(elected), TERMS, decisions);

describe('seats of different terms', () => {
  it('give the longer ones to those who are placed first', () => {
    expect(served([['c'], ['x'], ['a'], ['b']], ['a', 'b', 'c'])).toEqual({
      terms: [
        { term: '2 years', elected: ['c', 'a'] },
        { term: '1 year', elected: ['b'] },
      ],
      ties: [],
      decisions: [],
    });
  });

  it('name who is level where a term ends, and leave it open', () => {
    const { terms, ties } = served([['c'], ['a', 'b', 'x']], ['a', 'b', 'c']);
    expect(ties).toEqual([{ candidates: ['a', 'b'], seats: 1, value: null, term: '2 years' }]);
    expect(terms.map(({ elected }) => elected)).toEqual([['c'], []]);
  });

  it('go on behind a tie that is open', () => {
    const three = [
      { seats: 1, term: 'a' },
      { seats: 1, term: 'b' },
      { seats: 2, term: 'c' },
    ];
    const { terms, ties } = assignTerms([['x', 'y', 'z'], ['w']], all(['w', 'x', 'y', 'z']), three, []);
    expect(ties).toEqual([{ candidates: ['x', 'y', 'z'], seats: 1, value: null, term: 'a' }]);
    expect(terms.map(({ elected }) => elected)).toEqual([[], [], ['w']]);
    const decisions = ['y', 'x'].map((id) => ({ winners: [id], how: 'lots' }));
    expect(assignTerms([['x', 'y', 'z'], ['w']], all(['w', 'x', 'y', 'z']), three, decisions)).toEqual({
      terms: [
        { term: 'a', elected: ['y'] },
        { term: 'b', elected: ['x'] },
        { term: 'c', elected: ['z', 'w'] },
      ],
      ties: [],
      decisions: [
        { candidates: ['x', 'y', 'z'], seats: 1, value: null, term: 'a', winners: ['y'], how: 'lots' },
        { candidates: ['x', 'z'], seats: 1, value: null, term: 'b', winners: ['x'], how: 'lots' },
      ],
    });
  });

  it('fit level people exactly, and leave the last seats empty where too few are elected', () => {
    expect(served([['a', 'b']], ['a', 'b']).terms.map(({ elected }) => elected)).toEqual([['a', 'b'], []]);
    expect(served([['a']], ['a']).ties).toEqual([]);
  });

  const set = ballotsOf('a b c d', ['3: a > b = c = d', '2: a']);
  const options: CountOptions = {
    seats: 2,
    unranked: 'last',
    terms: [
      { seats: 1, term: '2 years' },
      { seats: 1, term: '1 year' },
    ],
  };
  const decide = (decision: TieDecision, before: readonly TieDecision[] = [], changes: CountOptions = {}) => {
    const made = { ...options, ...changes, decisions: before };
    return checkDecision(count(set, made), decision, (more) =>
      count(set, { ...made, decisions: [...before, more] }),
    );
  };

  it('wait for whoever sits: a decision about a seat is no decision about a term', () => {
    const level = ballotsOf('a b c', ['a = b = c']);
    const open = count(level, options).seats;
    expect(open.openTies).toEqual([{ candidates: ['a', 'b', 'c'], seats: 2, value: null }]);
    expect(open.terms?.flatMap(({ elected }) => elected)).toEqual([]);
    const seated = count(level, { ...options, decisions: [{ winners: ['a', 'c'], how: 'lots' }] }).seats;
    expect(seated.elected).toEqual(['a', 'c']);
    expect(seated.openTies).toEqual([{ candidates: ['a', 'c'], seats: 1, value: null, term: '2 years' }]);
    const decisions = [
      { winners: ['a', 'c'], how: 'lots' },
      { winners: ['c'], how: 'lots' },
    ];
    const done = count(level, { ...options, decisions });
    expect(done.seats.openTies).toEqual([]);
    expect(done.seats.terms).toEqual([
      { term: '2 years', elected: ['c'] },
      { term: '1 year', elected: ['a'] },
    ]);
    expect(done.warnings.map(({ code }) => code)).not.toContain('decision-unused');
  });

  it('do not take a decision twice that says the same of two ties', () => {
    const level = ballotsOf('a b', ['a = b']);
    const one: CountOptions = { seats: 1, terms: [{ seats: 1, term: '1 year' }] };
    const { seats } = count(level, { ...one, decisions: [{ winners: ['a'], how: 'lots' }] });
    expect(seats.terms).toEqual([{ term: '1 year', elected: ['a'] }]);
    expect(seats.decisions).toHaveLength(1);
  });

  it('are checked like a decision about a seat', () => {
    const seat = { winners: ['b'], how: 'lots' };
    expect(decide(seat)).toMatchObject({ ok: true, tie: { candidates: ['b', 'c', 'd'], seats: 1 } });
    expect(decide({ winners: ['a'], how: 'lots' })).toMatchObject({ ok: false, problem: 'not-one-tie' });
    expect(decide({ winners: ['b'], how: 'more lots' }, [seat])).toMatchObject({ problem: 'no-open-tie' });
  });

  it.each([
    [[{ seats: 1, term: 'a' }], 'the terms are those of 1 seats, and there are 2'],
    [[{ seats: 2.5, term: 'a' }], 'the seats of a term are a whole number from 1'],
    [[{ seats: 0, term: 'a' }], 'the seats of a term are a whole number from 1'],
    [TERMS.map(({ seats }) => ({ seats, term: 'a' })), 'two terms are called the same'],
  ])('make sense: %j', (terms, problem) => {
    expect(() => count(set, { seats: 2, terms })).toThrow(problem);
  });

  it('change nothing else of an outcome, and give everybody who sits one term unless a tie is open', () => {
    fc.assert(
      fc.property(anySet(5), fc.integer({ min: 1, max: 2 }), (ballots, first) => {
        const terms = [
          { seats: first, term: 'long' },
          { seats: 3 - first, term: 'short' },
        ];
        for (const { name: method } of METHODS) {
          const plain = count(ballots, { method, seats: 3 }).seats;
          const { terms: given = [], ...seats } = count(ballots, { method, seats: 3, terms }).seats;
          const about = seats.openTies.filter(({ term }) => term !== undefined);
          expect({ ...seats, openTies: seats.openTies.filter(({ term }) => term === undefined) }).toEqual(
            plain,
          );
          const open = [...about.flatMap(({ candidates }) => candidates)];
          const everybody = [...given.flatMap(({ elected }) => elected), ...open].sort();
          expect(everybody).toEqual(plain.openTies.length > 0 ? [] : [...plain.elected].sort());
          given.forEach(({ elected }, i) => expect(elected.length).toBeLessThanOrEqual(terms[i]?.seats ?? 0));
        }
      }),
      runs(60),
    );
  });
});
