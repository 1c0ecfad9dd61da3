import { describe, expect, it } from 'vitest';
import { acceptsExceptions, nextChangeAt, phaseAt } from './phase.ts';

const election = {
  opensAt: Date.UTC(2026, 8, 1, 0, 0, 1),
  closesAt: Date.UTC(2026, 8, 27, 23, 59, 0),
  exceptionsDueAt: Date.UTC(2026, 8, 20, 12, 0, 0),
};

describe('phaseAt', () => {
  it('opens at the start itself and not a millisecond earlier', () => {
    expect(phaseAt(election, election.opensAt - 1)).toBe('upcoming');
    expect(phaseAt(election, election.opensAt)).toBe('open');
  });

  it('is open at the end itself and ended a millisecond later', () => {
    expect(phaseAt(election, election.closesAt)).toBe('open');
    expect(phaseAt(election, election.closesAt + 1)).toBe('ended');
  });

  it('knows an election of one instant', () => {
    const instant = { opensAt: 5000, closesAt: 5000 };
    expect([4999, 5000, 5001].map((now) => phaseAt(instant, now))).toEqual(['upcoming', 'open', 'ended']);
  });
});

describe('acceptsExceptions', () => {
  it('ends with the deadline, inclusive', () => {
    expect(acceptsExceptions(election, election.exceptionsDueAt)).toBe(true);
    expect(acceptsExceptions(election, election.exceptionsDueAt + 1)).toBe(false);
  });

  it('never goes on after the end', () => {
    const late = { ...election, exceptionsDueAt: election.closesAt + 86_400_000 };
    expect(acceptsExceptions(late, election.closesAt)).toBe(true);
    expect(acceptsExceptions(late, election.closesAt + 1)).toBe(false);
  });
});

describe('nextChangeAt', () => {
  it('names the start, the deadline and the end in turn', () => {
    const steps: (number | null)[] = [];
    for (let now: number | null = 0; now !== null && steps.length < 9;) {
      now = nextChangeAt([election], now);
      steps.push(now);
    }
    expect(steps).toEqual([election.opensAt, election.exceptionsDueAt + 1, election.closesAt + 1, null]);
  });
});
