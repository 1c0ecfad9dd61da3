import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { readVoters } from './read-voters.ts';

const logins = (text: string): string[] => readVoters('voters.yaml', text).voters.map((voter) => voter.login);
const said = (text: string): string[] =>
  readVoters('voters.yaml', text).report.diagnostics.map(
    (d) => `${d.severity} ${d.line}:${d.column} ${d.code}`,
  );
const roll = (...items: string[]): string =>
  `eligible_voters:\n${items.map((item) => `- ${item}\n`).join('')}`;

describe('readVoters', () => {
  it('reads logins with their lines, comments left aside', () => {
    const { voters, report } = readVoters(
      'voters.yaml',
      '# Roll\n#\neligible_voters:\n  - ada # added 1 May\n\n  - Grace\n',
    );
    expect(voters).toEqual([
      { login: 'ada', line: 4 },
      { login: 'Grace', line: 6 },
    ]);
    expect(report.diagnostics).toEqual([]);
  });

  it.each(['249043822', '1046102779', 'on', 'off', 'yes', 'true', '007', '0x1f', '1e3', '196Ikuchil', 'a7i'])(
    'reads %s as the text it is',
    (login) => {
      expect(logins(roll(login))).toEqual([login]);
      expect(logins(roll(`'${login}'`))).toEqual([login]);
      expect(said(roll(login))).toEqual([]);
    },
  );

  it('reads the number of an account after the login, once for each', () => {
    const numbered = (...items: string[]) => readVoters('voters.yaml', roll(...items)).voters;
    expect(numbered('ada#1234', 'grace # 5', "'249043822#7'", '"@Bob#56"')).toEqual([
      { login: 'ada', account: '1234', line: 2 },
      { login: 'grace', line: 3 },
      { login: '249043822', account: '7', line: 4 },
      { login: 'Bob', account: '56', line: 5 },
    ]);
    expect(said(roll('ada#1234'))).toEqual([]);
    for (const none of ['ada#', 'ada#0', 'ada#x', '"see #12"', '"#12"'])
      expect(said(roll(none)), none).toContain('warning 2:3 voters-not-login');
  });

  it('keeps the number where a login stands twice, and takes no second one for either', () => {
    const numbered = (...items: string[]) => readVoters('voters.yaml', roll(...items)).voters;
    expect(numbered('ada', 'Ada#5')).toEqual([{ login: 'ada', account: '5', line: 2 }]);
    expect(readVoters('voters.yaml', roll('ada', 'Ada#5')).report.edits).toEqual([]);
    expect(numbered('ada#5', 'ada#6')).toEqual([{ login: 'ada', account: '5', line: 2 }]);
    expect(said(roll('ada#5', 'ada#6'))).toEqual(['error 3:3 voters-two-accounts']);
    expect(numbered('ada#5', 'bob#5', 'cy')).toEqual([
      { login: 'ada', account: '5', line: 2 },
      { login: 'cy', line: 4 },
    ]);
    expect(said(roll('ada#5', 'bob#5'))).toEqual(['error 3:3 voters-account-twice']);
  });

  it('reads null as the login of that name and says so', () => {
    expect(logins(roll('null'))).toEqual(['null']);
    expect(said(roll('null'))).toEqual(['warning 2:3 voters-null-login']);
    expect(said(roll("'null'"))).toEqual([]);
  });

  it.each([
    ['the same login twice', roll('ada', 'ada')],
    ['one in another case', roll('ada', 'ADA')],
    ['one with an @', roll('ada', "'@Ada'")],
  ])('counts a voter once: %s', (_, text) => {
    expect(logins(text)).toEqual(['ada']);
    expect(said(text)).toEqual(['warning 3:3 voters-duplicate']);
  });

  it('strips what people write around a login', () => {
    const text = roll(
      '@ada',
      'https://github.com/Grace',
      "'[@linus](https://github.com/linus)'",
      "' spaced '",
      'zero\u200b',
    );
    expect(logins(text)).toEqual(['ada', 'Grace', 'linus', 'spaced', 'zero']);
    expect(said(text).every((line) => line.startsWith('warning'))).toBe(true);
  });

  it.each([
    ['an e-mail address', 'ada@example.org', 'voters-email'],
    ['a display name', 'Ada Lovelace', 'voters-not-login'],
    ['a note on its history', "'2026-01-02: added, see issue 12: exceptions'", 'voters-note'],
    ['a bot', 'dependabot[bot]', 'voters-bot'],
    ['nothing', '', 'voters-entry-empty'],
    ['a tilde', '~', 'voters-entry-empty'],
    ['a map', 'ada: 1', 'voters-entry-shape'],
  ])('leaves out %s with a warning at its line', (_, item, code) => {
    expect(logins(roll('grace', item))).toEqual(['grace']);
    expect(readVoters('voters.yaml', roll('grace', item)).report.diagnostics).toMatchObject([
      { severity: 'warning', line: 3, code },
    ]);
  });

  it('keeps a robot with a possible login, with a warning', () => {
    expect(logins(roll('k8s-ci-robot'))).toEqual(['k8s-ci-robot']);
    expect(said(roll('k8s-ci-robot'))).toEqual(['warning 2:3 voters-bot']);
  });

  it.each([
    'eligible_voters: null\n',
    'eligible_voters:\n',
    'eligible_voters: []\n',
    'eligible_voters:\n  -\n',
    '',
    '# nobody\n',
    'null\n',
  ])('reads %j as an empty roll with a warning', (text) => {
    const { voters, readable, report } = readVoters('voters.yaml', text);
    expect([voters, readable]).toEqual([[], true]);
    expect(report.diagnostics.map((d) => d.code)).toContain('voters-empty');
    expect(report.hasErrors).toBe(false);
  });

  it.each([
    ['a bare list', '- ada\n- grace\n', 'voters-no-key'],
    ['one text', 'eligible_voters: ada, grace\n', 'voters-not-a-list'],
    ['keys', 'eligible_voters:\n  ada:\n  grace:\n', 'voters-not-a-list'],
    ['another key', 'voters:\n- ada\n- grace\n', 'voters-key-spelling'],
    ['a capital', 'Eligible_Voters:\n- ada\n- grace\n', 'voters-key-spelling'],
    ['two lists', 'eligible_voters:\n- ada\neligible_voters:\n- grace\n', 'voters-key-twice'],
    ['no space after the dash', 'eligible_voters:\n- ada\n-grace\n', 'yaml-dash'],
    ['tabs', 'eligible_voters:\n\t- ada\n\t- grace\n', 'yaml-tab'],
  ])('reads %s with a warning', (_, text, code) => {
    expect(logins(text)).toEqual(['ada', 'grace']);
    expect(readVoters('voters.yaml', text).report.diagnostics.map((d) => d.code)).toContain(code);
  });

  it('reads entries in the wrong column, a list in brackets, and lists in lists', () => {
    expect(logins('eligible_voters:\n- ada\n - grace\n')).toEqual(['ada', 'grace']);
    expect(logins('eligible_voters: [ada, "grace"]\n')).toEqual(['ada', 'grace']);
    expect(logins('eligible_voters:\n- ada\n-\n  - grace\n')).toEqual(['ada', 'grace']);
  });

  it.each([
    ['a tag', 'eligible_voters: !!set {ada}\n', 'yaml-tag'],
    ['no list at all', 'hello world\n', 'voters-unreadable'],
    ['another file', 'name: x\nfoo: y\n', 'voters-unreadable'],
    ['broken YAML', 'eligible_voters: [ada\n', 'yaml-invalid'],
  ])('calls the roll unreadable, not empty, with %s', (_, text, code) => {
    const { readable, report } = readVoters('voters.yaml', text);
    expect(readable).toBe(false);
    expect(report.diagnostics.filter((d) => d.severity === 'error')).toMatchObject([{ code }]);
  });

  it('refuses a file beyond its size unread', () => {
    const { readable, report } = readVoters('voters.yaml', 'x'.repeat(LIMITS.votersYaml + 1));
    expect([readable, report.diagnostics[0]?.code]).toEqual([false, 'voters-unreadable']);
  });

  it('is kept although a line of its history holds colons', () => {
    const { voters, readable, report } = readVoters(
      'voters.yaml',
      'history:\n- 2026-01-02: added, see issue 12: exceptions\n- 2026-01-03: first list\neligible_voters:\n- ada\n',
    );
    expect([readable, voters.map(({ login }) => login)]).toEqual([true, ['ada']]);
    expect(report.diagnostics.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ['yaml-unquoted', 'warning', 2],
      ['voters-unknown-key', 'info', 1],
    ]);
    expect(report.edits[0]?.lines).toEqual(["- '2026-01-02: added, see issue 12: exceptions'"]);
  });
});
