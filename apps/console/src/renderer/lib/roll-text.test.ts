import { describe, expect, it } from 'vitest';
import { addToRoll, compareRolls, loginsIn, quoteLogin } from './roll-text.ts';

const ROLL = `# checked 15 May
eligible_voters:
  - ada  # founder
  - '@grace'
  - "007"
# - removed-in-march
  - null
`;

describe('voters.yaml as text', () => {
  it('gives the logins of its list, without handles, comments and nothings', () =>
    expect(loginsIn(ROLL)).toEqual(['ada', 'grace', '007']));

  it('keeps its comments when somebody is added', () => {
    const added = addToRoll('# checked\neligible_voters:\n- ada  # founder\n- zoe\n', ['mia']);
    expect(added).toContain('# checked\n');
    expect(added).toContain('- ada  # founder\n');
    expect([...loginsIn(added ?? '')].sort()).toEqual(['ada', 'mia', 'zoe']);
  });

  it('leaves whoever is on it, whatever the case', () =>
    expect(addToRoll('eligible_voters:\n- Ada\n', ['ada'])).toBe('eligible_voters:\n- Ada\n'));

  it('says when a file cannot be edited by machine', () =>
    expect(addToRoll('eligible_voters: 7: 8\n', ['ada'])).toBeNull());

  it('quotes logins that YAML would take for something else', () => {
    expect(['ada', '007', 'on', 'null', '1e5'].map(quoteLogin)).toEqual([
      'ada',
      '"007"',
      '"on"',
      '"null"',
      '"1e5"',
    ]);
  });
});

describe('two versions of a roll', () => {
  it('differ by whoever came and went, case aside', () =>
    expect(compareRolls(['Ada', 'bob'], ['ada', 'Cleo'])).toEqual({ added: ['Cleo'], removed: ['bob'] }));
});
