/** The small election of "How counting works": three groups of voters, three places, three ways for each group. */
import { count } from '@elekto/tally';
import type { Outcome } from '@elekto/tally';

export const PLACES = ['Lake', 'Hill', 'Park'] as const;
export const PLACE_NAMES = {
  en: { Lake: 'Lake', Hill: 'Hill', Park: 'Park' },
  de: { Lake: 'See', Hill: 'Hügel', Park: 'Park' },
} as const;

/** Best first; equal ones together; who is missing: not ranked. */
export type Way = readonly (readonly string[])[];

export interface Group {
  readonly voters: number;
  readonly ways: readonly [Way, Way, Way];
}

/** With the first way of each group the three places beat each other in a circle. */
export const GROUPS: readonly [Group, Group, Group] = [
  { voters: 3, ways: [[['Lake'], ['Hill'], ['Park']], [['Lake'], ['Park'], ['Hill']], [['Lake']]] },
  {
    voters: 2,
    ways: [
      [['Hill'], ['Park'], ['Lake']],
      [['Hill', 'Park'], ['Lake']],
      [['Hill'], ['Lake'], ['Park']],
    ],
  },
  {
    voters: 2,
    ways: [
      [['Park'], ['Lake'], ['Hill']],
      [['Park'], ['Hill'], ['Lake']],
      [['Park'], ['Hill']],
    ],
  },
];

export interface Scenario {
  /** `aab`: the way each group votes. */
  readonly code: string;
  readonly outcome: Outcome;
}

const LETTERS = 'abc';

/** Every combination, counted by the engine that counts elections. */
export function scenarios(): Scenario[] {
  const made: Scenario[] = [];
  for (let i = 0; i < 27; i++) {
    const picks = [Math.floor(i / 9), Math.floor(i / 3) % 3, i % 3];
    const ballots = GROUPS.map((group, g) => {
      const way = group.ways[picks[g] ?? 0] ?? [];
      const ranks = PLACES.map((place) => {
        const at = way.findIndex((tier) => tier.includes(place));
        return at < 0 ? null : at + 1;
      });
      return { ranks, count: group.voters };
    });
    made.push({
      code: picks.map((pick) => LETTERS[pick]).join(''),
      outcome: count({ candidates: PLACES, ballots }),
    });
  }
  return made;
}

/** Shows the outcome of what is chosen; works without a script. */
export function scenarioCss(): string {
  const rules = scenarios().map(({ code }) => {
    const chosen = [...code].map((letter, g) => `:has(#way-${g}${letter}:checked)`).join('');
    return `.try${chosen} .out-${code}`;
  });
  return `@supports selector(:has(a)){.try .out{display:none}${rules.join(',')}{display:block}}`;
}
