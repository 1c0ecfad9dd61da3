import { describe, expect, it } from 'vitest';
import { reasonsFor, reasonText } from './reasons.ts';

const EVIDENCE = `login,on_roll,rule,count,needed,first,last
Ada,yes,Contributors,57,50,2026-01-02,2026-05-03
Ada,yes,Leads,1,1,,
bob,yes,Leads,1,1,,
ci-robot,no,bot,,,,
gone,no,Stepped back,1,1,,
`;

describe('the reasons of a roll', () => {
  it('say why each is on it, who was left out, and whom no rule explains', () => {
    const reasons = reasonsFor(EVIDENCE, ['ada', 'byhand', 'Granted'], ['granted']);
    if (reasons === null || reasons === 'unreadable') throw new Error('no reasons');
    expect(reasons.of('ADA').map(reasonText)).toEqual([
      'Contributors (57 of 50), 2026-01-02 to 2026-05-03',
      'Leads',
    ]);
    expect(reasons.rules).toEqual([
      { rule: 'Contributors', people: 1, alone: 0 },
      { rule: 'Leads', people: 2, alone: 1 },
    ]);
    expect(reasons.leftOut.map((row) => [row.login, reasonText(row)])).toEqual([
      ['ci-robot', 'a bot'],
      ['gone', 'Stepped back'],
    ]);
    expect(reasons.unexplained).toEqual(['byhand']);
    expect(reasons.approved).toEqual(['Granted']);
    expect(reasons.missing).toEqual(['bob']);
  });

  it('are told from none and from a file of another kind', () => {
    expect(reasonsFor(null, ['ada'], [])).toBeNull();
    expect(reasonsFor('a,b\n1,2\n', ['ada'], [])).toBe('unreadable');
  });
});
