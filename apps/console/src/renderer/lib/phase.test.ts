import { describe, expect, it } from 'vitest';
import { STAGE_ORDER, STAGE_WORD, timeLeft } from './phase.ts';

describe('the stage of an election', () => {
  it('has a word and a place for every stage', () =>
    expect([...STAGE_ORDER].sort()).toEqual(Object.keys(STAGE_WORD).sort()));
});

describe('time left', () => {
  const election = { stage: 'open', opensAt: 1_000, closesAt: 3_600_000 + 1_000 } as const;

  it('counts to the opening, then to the end, then from it', () => {
    expect(timeLeft(election, 0)).toBe('opens in less than a minute');
    expect(timeLeft(election, 1_000)).toBe('closes in 1 hour');
    expect(timeLeft(election, election.closesAt)).toBe('closes in less than a minute');
    expect(timeLeft(election, election.closesAt + 7_200_000)).toBe('closed 2 hours ago');
  });

  it('is over for what the server has closed, by a clock that is a little behind, too', () =>
    expect(timeLeft({ ...election, stage: 'counted' }, election.closesAt - 9_000)).toBe(
      'closed less than a minute ago',
    ));
});
