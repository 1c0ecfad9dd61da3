import { describe, expect, it } from 'vitest';
import { count } from '../count.ts';
import { METHODS } from '../methods/registry.ts';
import type { Outcome } from '../model.ts';
import { nameCandidates } from './name-candidates.ts';

const put = (text: string, names: Record<string, string>): string =>
  nameCandidates(text, Object.keys(names), (id) => names[id] ?? id);

/** Every sentence of an outcome that speaks of candidates. */
const sentencesOf = ({ steps, rounds, warnings, seats }: Outcome): string[] => [
  ...[...steps, ...rounds, ...warnings].map(({ message }) => message),
  ...seats.skipped.map(({ reason }) => reason),
];

describe('names in the place of ids', () => {
  it('are put for whole ids only, at the ends of sentences and in lists, too', () => {
    const names = { ann: 'Ann Smith', 'ann-lee': 'Ann-Lee Wu', 'o.k': 'Olga' };
    expect(put('ann-lee is beaten by ann and o.k. joann, ann-x, x-ann, ann.b and ann@c stay.', names)).toBe(
      'Ann-Lee Wu is beaten by Ann Smith and Olga. joann, ann-x, x-ann, ann.b and ann@c stay.',
    );
    expect(put('ann: place 1. (ann)', names)).toBe('Ann Smith: place 1. (Ann Smith)');
  });

  it('are never searched for ids themselves', () => {
    expect(put('lee beats kim.', { lee: 'kim lee', kim: 'lee kim' })).toBe('kim lee beats lee kim.');
  });

  it('leave alone what a word of the sentence or a number could be', () => {
    const names = { is: 'Isa', at: 'Atul', Most: 'Mo', '1': 'One', ann: 'Ann' };
    const text = 'At most 1 seat may go to candidates whose employer is "x", and ann has been elected.';
    expect(put(text, names)).toBe(text.replace('ann', 'Ann'));
  });

  it('leave alone what people wrote between quotation marks', () => {
    const text = 'At most 1 seat may go to candidates whose red hat is "acme", and acme has been elected.';
    expect(put(text, { acme: 'A. C. Me', hat: 'Hattie' })).toBe(text.replace('acme has', 'A. C. Me has'));
  });

  it('take ids and names as text, whatever stands in them', () => {
    expect(put('a+b beats [x] and $&.', { 'a+b': '$1 $&', '[x]': 'X', '$&': 'Y' })).toBe(
      '$1 $& beats X and Y.',
    );
    expect(put('Ötzi and ötzi-2', { Ötzi: 'Ö', 'ötzi-2': 'Z' })).toBe('Ö and Z');
    expect(nameCandidates('__proto__ wins', ['__proto__'], () => 'P')).toBe('P wins');
  });
});

describe('the sentences of every method', () => {
  const candidates = ['zq1', 'zq2', 'zq3', 'zq4', 'zq5'];
  const boxes = [
    [
      [1, 2, 3, 4, 5],
      [2, 1, 3, null, 4],
      [3, 3, 1, 2, null],
      [1, 2, 3, 4, 5],
      [5, 4, 1, 2, 3],
    ],
    [
      [1, 2, null, null, null],
      [2, 1, null, null, null],
    ],
    [
      [1, 2, 3, 4, 5],
      [3, 1, 2, 4, 5],
      [2, 3, 1, 5, 4],
    ],
    [
      [1, 1, 1, 1, 1],
      [null, null, null, null, null],
    ],
    [],
  ];
  const outcomes = METHODS.flatMap(({ name: method }) =>
    boxes.flatMap((rows) =>
      [1, 2, 4, 7].map((seats) =>
        count(
          { candidates, ballots: rows.map((ranks) => ({ ranks, count: 3 })) },
          {
            method,
            seats,
            limit: {
              field: '"f"',
              max: 1,
              values: new Map([
                ['zq1', 'v'],
                ['zq2', 'v'],
                ['zq3', 'v'],
              ]),
            },
            decisions: [{ winners: ['zq5'], how: 'zq' }],
          },
        ),
      ),
    ),
  );
  const sentences = [...new Set(outcomes.flatMap(sentencesOf))];

  it('name every candidate', () => {
    const named = sentences.map((text) => nameCandidates(text, candidates, (id) => `N${id.slice(2)}`));
    expect(named.filter((text) => text.match(/zq\d/))).toEqual([]);
  });

  it('have no word that an id could be taken for', () => {
    const words = new Set(
      sentences.flatMap((text) => text.replace(/"[^"]*"/g, ' ').match(/[A-Za-z][A-Za-z-]*\d*/g) ?? []),
    );
    const mistaken = [...words].filter(
      (word) => !/^zq\d?$/.test(word) && nameCandidates(word, [word], () => '!') === '!',
    );
    expect(mistaken).toEqual([]);
  });
});
