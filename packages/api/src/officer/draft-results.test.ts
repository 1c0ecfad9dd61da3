import type { Election } from '@elekto/election';
import { count } from '@elekto/tally';
import { describe, expect, it } from 'vitest';

import { draftResults } from './draft-results.ts';

const people = { ines: 'Ines', 'ines-carvalho': 'Inês *Carvalho*', bo: 'Bo' };
const election = {
  name: 'Steering',
  candidates: Object.entries(people).map(([id, name]) => ({ id, name })),
} as unknown as Election;

describe('a draft of results.md', () => {
  it('names candidates in the reason why somebody was passed over', () => {
    const outcome = count(
      { candidates: Object.keys(people), ballots: [{ ranks: [2, 1, 3], count: 4 }] },
      {
        seats: 2,
        limit: {
          field: 'employer',
          max: 1,
          values: new Map([
            ['ines', 'bo'],
            ['ines-carvalho', 'bo'],
          ]),
        },
      },
    );
    expect(draftResults(election, { outcome, eligible: 5 })).toContain(
      'Ines (ines) was passed over: at most 1 seat may go to candidates whose employer is "bo", ' +
        'and Inês \\*Carvalho\\* (ines-carvalho) has it.',
    );
  });
});
