import { describe, expect, it } from 'vitest';
import { addVoters } from './add-voters.ts';

const ROLL = `# Roll
# History:
# 2026-08-01: first list
eligible_voters:
  - Zoe   # founder
  - adam

  # the newcomers
  - 'on'
`;

describe('addVoters', () => {
  it('adds at the end of the list and leaves every other character alone', () => {
    const { text, added, present } = addVoters(ROLL, ['grace', '@Linus']);
    expect(text).toBe(`${ROLL}  - grace\n  - Linus\n`);
    expect([added, present]).toEqual([['grace', 'Linus'], []]);
  });

  it('changes nothing for those who are on it already, in whatever case', () => {
    expect(addVoters(ROLL, ['ZOE', 'On'])).toEqual({ text: ROLL, added: [], present: ['Zoe', 'on'] });
    expect(addVoters(ROLL, ['grace', 'GRACE']).added).toEqual(['grace']);
  });

  it('keeps an alphabetical roll alphabetical', () => {
    const text = 'eligible_voters:\n- ada\n- Grace # keep\n- zoe\n# end\n';
    expect(addVoters(text, ['Mona', 'bob', 'zzz', '007']).text).toBe(
      "eligible_voters:\n- '007'\n- ada\n- bob\n- Grace # keep\n- Mona\n- zoe\n- zzz\n# end\n",
    );
  });

  it.each(['249043822', 'null', 'yes', '1e3'])('writes %s so that every YAML reader sees a text', (login) => {
    expect(addVoters(ROLL, [login]).text).toContain(`  - '${login}'\n`);
  });

  it('keeps the line ends of the file', () => {
    expect(addVoters('eligible_voters:\r\n- a\r\n', ['b']).text).toBe('eligible_voters:\r\n- a\r\n- b\r\n');
    expect(addVoters('eligible_voters:\n- a', ['b']).text).toBe('eligible_voters:\n- a\n- b');
  });

  it.each([
    ['', 'eligible_voters:\n  - b\n'],
    ['# nobody yet\n', '# nobody yet\neligible_voters:\n  - b\n'],
    ['eligible_voters:\n', 'eligible_voters:\n  - b\n'],
    ['eligible_voters: [] # nobody\n', 'eligible_voters: # nobody\n  - b\n'],
    ['eligible_voters: null\n', 'eligible_voters:\n  - b\n'],
    ['eligible_voters: [a, c] # few\n', 'eligible_voters: [a, c, b] # few\n'],
    ['- a\n', '- a\n- b\n'],
  ])('adds to %j', (before, after) => {
    expect(addVoters(before, ['b']).text).toBe(after);
  });

  it('refuses what is not a login, and a roll that cannot be read', () => {
    expect(() => addVoters(ROLL, ['ada@example.org'])).toThrow('not a login');
    expect(() => addVoters(ROLL, ['x\n- evil'])).toThrow('not a login');
    expect(() => addVoters('eligible_voters: [', ['a'])).toThrow('cannot be read');
    expect(() => addVoters('eligible_voters: ada, grace\n', ['b'])).toThrow('cannot be edited');
  });
});
