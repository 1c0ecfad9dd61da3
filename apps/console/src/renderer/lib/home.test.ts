import { describe, expect, it } from 'vitest';
import { demoElections, NOW, stageElections } from '../../../tests/harness/fixtures.ts';
import { electedWords, pastWords, summarise, waitingFor } from './home.ts';

const stages = stageElections().map(({ overview }) => overview);
const of = (key: string) => {
  const found = stages.find((overview) => overview.key === key);
  if (found === undefined) throw new Error(key);
  return found;
};

describe('home', () => {
  it('lists what waits in every election, what is wrong first and then by the time that is left', () => {
    const waiting = waitingFor(stages, NOW);
    const tones = waiting.map(({ step }) => step.tone);
    expect(tones).toEqual([...tones].sort());
    expect(waiting.map(({ election }) => election.key)).toEqual(
      expect.arrayContaining(['damaged', 'stuck', 'waits', 'withdrew', 'disputed', 'unknown']),
    );
    expect(waiting.map(({ election }) => election.key)).not.toContain('agreed');
  });

  it('has what is overdue before what is still to come, the longest first', () => {
    const demo = demoElections().map(({ overview }) => overview);
    expect([...new Set(waitingFor(demo, NOW).map(({ election }) => election.key))]).toEqual([
      'steering---term-3',
      'tie---draw',
      'steering---term-4',
      'maintainers---storage',
    ]);
  });

  it('sums up in a sentence', () => {
    const demo = demoElections().map(({ overview }) => overview);
    expect(summarise(demo)).toBe('1 open, 1 to count, 2 to publish, 6 exception requests waiting.');
    expect(summarise([of('agreed')])).toBe('Nothing needs you now.');
    expect(summarise([of('agreed')], 2)).toBe('2 things need you.');
  });

  it('says who was elected, and never leaves a place empty', () => {
    const past = of('held');
    const told = (elected: { id: string; name: string }[] | null, openTies: number) =>
      electedWords({ ...past, published: { ...past.published, elected, openTies } });
    const ada = { id: 'ada', name: 'Ada' };
    expect(told([ada, { id: 'bob', name: 'Bob' }], 0)).toBe('Ada and Bob');
    expect(told([ada], 1)).toBe('Ada; a tie for a seat is open');
    expect(told([], 1)).toBe('A tie for a seat is open');
    expect(told([], 0)).toBe('Nobody is elected');
    expect(told(null, 0)).toBe('Nobody is named');
  });

  it('says of a past result where it comes from and whether it was counted again here', () => {
    expect(pastWords(of('agreed'))).toBe('Signed here and published; counted again: agrees');
    expect(pastWords(of('held'))).toBe('Held on vote.old.example: as published, recounted here: agrees');
    expect(pastWords(of('unknown'))).toMatch(/agrees; signed by an unknown key$/);
    expect(pastWords(of('silent'))).toBe('Held elsewhere; its folder says nothing of a result');
  });
});
