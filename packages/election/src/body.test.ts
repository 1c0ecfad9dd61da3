import { describe, expect, it } from 'vitest';
import { bodyOf } from './body.ts';
import { readTerm, termEnd, termEnds } from './term.ts';

describe('the body of an election', () => {
  it.each([
    ['2021 Steering Committee Election', 'Steering Committee'],
    ['Steering Committee 2025', 'Steering Committee'],
    ['Dapr 2023 STC Election', 'Dapr STC'],
    ['2023 Kubernetes Code of Conduct Committee Election', 'Kubernetes Code of Conduct Committee'],
    ['Board 2025/26', 'Board'],
    ['Vorstand, Wahl 2026', 'Vorstand'],
    ['Steering Committee (2026)', 'Steering Committee'],
    ['Steering Committee, third term', undefined],
    ['Election 2026', undefined],
    ['Room 20260', undefined],
  ])('called %j is %j', (name, body) => {
    expect(bodyOf({ name })?.name).toBe(body);
  });

  it('is what the file says', () => {
    expect(bodyOf({ name: 'A 2025', body: 'Board' })).toEqual({ name: 'Board', isNamed: true });
  });
});

describe('a term', () => {
  const closesAt = Date.UTC(2024, 1, 29, 23, 59, 59);
  const end = (source: string) => {
    const term = readTerm(source);
    return term && new Date(termEnd({ closesAt, term })!).toISOString();
  };
  it.each([
    ['2 years', '2026-02-28T23:59:59.000Z'],
    ['18 months', '2025-08-29T23:59:59.000Z'],
    ['1 Year', '2025-02-28T23:59:59.000Z'],
    ['2026-09-30', '2026-09-30T23:59:59.000Z'],
  ])('of %j ends at %s', (source, at) => {
    expect(end(source)).toBe(at);
  });
  it.each(['2', 'two years', '0 years', 'for ever', ''])('is not read from %j', (source) => {
    expect(readTerm(source)).toBeNull();
  });
  it('that nobody has written ends at a moment that nobody knows', () => {
    expect(termEnd({ closesAt })).toBeNull();
  });
  it('of several that differ ends each in its time, and all of them with the longest', () => {
    const terms = [
      { seats: 1, term: '1 year' },
      { seats: 2, term: '18 months' },
    ];
    const ends = termEnds({ closesAt, terms });
    expect([...ends].map(([term, at]) => [term, new Date(at).toISOString()])).toEqual([
      ['1 year', end('1 year')],
      ['18 months', end('18 months')],
    ]);
    expect(termEnd({ closesAt, terms })).toBe(ends.get('18 months'));
  });
});
