import type { Election } from '@elekto/election';
import type { Manifest } from '@elekto/protocol/manifest';
import { count } from '@elekto/tally';
import { describe, expect, it } from 'vitest';

import { draftResults } from './draft-results.ts';

const manifest = { version: 1, name: 'Steering' } as Manifest;
const people = { ines: 'Ines', 'ines-carvalho': 'Inês *Carvalho*', bo: 'Bo' };
const election = {
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
    expect(draftResults(election, { outcome, eligible: 5, manifest })).toContain(
      'Ines (ines) was passed over: at most 1 seat may go to candidates whose employer is "bo", ' +
        'and Inês \\*Carvalho\\* (ines-carvalho) has it.',
    );
  });

  it('says how a tie was decided, under the names that were on the ballot', () => {
    const tied = { candidates: ['bo', 'ines'], ballots: [{ ranks: [1, 2] }, { ranks: [2, 1] }] };
    const outcome = count(tied, { decisions: [{ winners: ['bo'], how: 'Drawn by lot.' }] });
    const names = { bo: 'Bo Ek', ines: 'Ines' };
    const pinned = { ...manifest, version: 2, names } as unknown as Manifest;
    const draft = draftResults(election, { outcome, eligible: 5, manifest: pinned });
    expect(draft).toContain('**Bo Ek (bo) is elected.**');
    expect(draft).toContain(
      'Bo Ek (bo) and Ines (ines) were tied for the seat. Decided for Bo Ek (bo): Drawn by lot.',
    );
  });
});
