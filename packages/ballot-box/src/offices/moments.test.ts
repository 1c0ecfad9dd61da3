import type { Election } from '@elekto/election';
import { describe, expect, it } from 'vitest';
import { makeElection } from '../../tests/support.ts';
import { rehearsedRule } from './moments.ts';

describe('what a rehearsal shows', () => {
  const election = makeElection(3, { houseRules: { quorum: { part: 1, whole: 2 } } });
  const same = (changes: Partial<Election>): boolean =>
    rehearsedRule({ ...election, ...changes }) === rehearsedRule(election);

  it('is another one with other candidates, seats or method', () => {
    expect(same({ candidates: election.candidates.slice(1) })).toBe(false);
    expect(
      same({
        candidates: election.candidates.map((each) => ({ ...each, withdrawn: { on: null, reason: 'ill' } })),
      }),
    ).toBe(false);
    expect(same({ seats: election.seats + 1 })).toBe(false);
    expect(same({ counting: { ...election.counting, method: 'irv' } })).toBe(false);
  });

  it('is the same with another name, other dates and a longer roll, also where a quorum is a share of the roll', () => {
    expect(same({ name: 'Another name', closesAt: election.closesAt + 1 })).toBe(true);
    expect(same({ voters: [...election.voters, ...election.voters] })).toBe(true);
    expect(
      same({ candidates: election.candidates.map((each) => ({ ...each, name: `${each.name} B.` })) }),
    ).toBe(true);
  });
});
