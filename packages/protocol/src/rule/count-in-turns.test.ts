import { METHODS } from '@elekto/tally';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countByRule, countInTurns } from './count-by-rule.ts';
import type { Rule } from './rule.ts';

const candidates = ['ada', 'bo', 'cyd', 'dee'] as unknown as Rule['candidates'];
const counting = {
  method: 'schulze',
  strength: 'winning',
  unranked: 'no-opinion',
  secondary: false,
  order: 'losses',
} as const;

it('gives what counting at once gives, whoever is struck out and by whichever method', async () => {
  const ballot = fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }).map((ranks) => ({ ranks }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(ballot, { maxLength: 230 }),
      fc.constantFrom(...METHODS.map(({ name }) => name)),
      fc.subarray([...candidates], { maxLength: 2 }),
      fc.constantFrom('no-opinion', 'last'),
      async (ballots, method, struck, unranked) => {
        const rule = {
          candidates,
          struck,
          counting: { ...counting, method, unranked },
          seats: 2,
          limit: { field: 'employer', max: 1, values: { ada: 'Pier', bo: 'Pier' } },
        } as unknown as Rule;
        let turns = 0;
        const turn = (): Promise<void> => Promise.resolve(void (turns += 1));
        expect(await countInTurns(rule, ballots, [], turn)).toEqual(countByRule(rule, ballots, []));
        expect(turns).toBe(Math.floor(ballots.length / 100) + 1);
      },
    ),
    { numRuns: 150 },
  );
});
