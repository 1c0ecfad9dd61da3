import { describe, expect, it } from 'vitest';
import { fixFile } from './fix-file.ts';

const DASHES = '-'.repeat(61);

describe('fixFile', () => {
  it('repairs a candidate file and leaves the bio alone', () => {
    const broken = `\ufeff\`\`\`\nname: "Ada" Lovelace\nID: [@ada](https://github.com/ada)\ninfo:\n\t- slack: @ada # here\n\`\`\`\n\n## Bio\n\n\`\`\`\ncode\n\`\`\`\n---\n@x: y: z\n`;
    const { text, repairs } = fixFile('e/x/candidate-ada.md', broken);
    expect(text).toBe(
      `${DASHES}\nname: '"Ada" Lovelace'\nID: ada\ninfo:\n  - slack: '@ada' # here\n${DASHES}\n\n## Bio\n\n\`\`\`\ncode\n\`\`\`\n---\n@x: y: z\n`,
    );
    expect(repairs).toBeGreaterThan(4);
    expect(fixFile('e/x/candidate-ada.md', text)).toEqual({ text, repairs: 0 });
  });

  it('repairs election.yaml and keeps its comments', () => {
    const broken =
      '# Ours\nname: A: B # title\neligibility: `x` only\n# end\nexception_description: |\n  a: b: c\n';
    expect(fixFile('election.yaml', broken).text).toBe(
      "# Ours\nname: 'A: B' # title\neligibility: '`x` only'\n# end\nexception_description: |\n  a: b: c\n",
    );
  });

  it('repairs a roll: duplicates, empty entries, @ and the missing key, comments kept', () => {
    const broken = '# Roll\n- ada # first\n- "@grace" # second\n- ADA # again\n-\n- linus\n- linus\n';
    expect(fixFile('voters.yaml', broken).text).toBe(
      '# Roll\neligible_voters:\n- ada # first\n- grace # second\n# again\n- linus\n',
    );
  });

  it('spells keys as they are spelled', () => {
    expect(fixFile('candidate-a.md', '------\nName: A\nid: a # x\nInfo:\n- employer: X\n------\n').text).toBe(
      '------\nname: A\nID: a # x\ninfo:\n- employer: X\n------\n',
    );
    expect(fixFile('election.yaml', 'Name: x\nstart: 2026-01-01 # x\n').text).toBe(
      'name: x\nstart_datetime: 2026-01-01 # x\n',
    );
  });

  it('makes comments of notes that stand among the logins', () => {
    const text = 'eligible_voters:\n  - ada\n  - 2026-01-02: added, see issue 12: exceptions\n  - bob\n';
    expect(fixFile('voters.yaml', text).text).toBe(
      'eligible_voters:\n  - ada\n  # 2026-01-02: added, see issue 12: exceptions\n  - bob\n',
    );
  });

  it('keeps CR LF', () => {
    expect(fixFile('voters.yaml', 'eligible_voters:\r\n- a\r\n- A\r\n- @b\r\n').text).toBe(
      'eligible_voters:\r\n- a\r\n- b\r\n',
    );
  });

  it.each([
    ['README.md', 'name: @x'],
    ['candidate-x.md', 'no header at all'],
    ['election.yaml', 'name: [never closed'],
    ['voters.yaml', 'eligible_voters:\n- ada@example.org\n'],
    ['candidate-template.md', '------\nname: @x\nID: y\n------\n'],
  ])('leaves %s alone where it cannot be sure', (path, text) => {
    expect(fixFile(path, text)).toEqual({ text, repairs: 0 });
  });

  it('puts a misspelled field right where the right one is not there as well', () => {
    const text = 'name: X # keep\nno_winers: 2\n';
    expect(fixFile('e/election.yaml', text)).toEqual({ text: 'name: X # keep\nno_winners: 2\n', repairs: 1 });
    expect(fixFile('e/election.yaml', `${text}no_winners: 3\n`).text).toBe(`${text}no_winners: 3\n`);
  });
});
