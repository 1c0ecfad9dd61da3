import { describe, expect, it } from 'vitest';
import { fits, standingOf } from '../rules/repositories.ts';
import { accountOf } from './account-of.ts';
import { csvCell, csvRow, readCsv } from './csv.ts';
import { codeownersIn, csvIn, namedIn, rollIn } from './logins-in.ts';
import { aliasesIn, ownersIn } from './owners.ts';

describe('files that name people', () => {
  it('are read along a path through lists and maps', () => {
    const sigs =
      'sigs:\n  - leadership: { chairs: [{ github: ada }, { github: 007 }] }\n  - leadership: { chairs: null }\n  - { leads: [eve] }\n';
    expect(namedIn('sigs.yaml', sigs, 'sigs[*].leadership.chairs[*].github')).toEqual(['ada', '007']);
    expect(namedIn('sigs.yaml', sigs, 'sigs[2].leads')).toEqual(['eve']);
    expect(
      namedIn(
        'g.json',
        '{"groups": {"a": {"members": ["x"]}, "b": {"members": ["y", "z"]}}}',
        'groups.*.members',
      ),
    ).toEqual(['x', 'y', 'z']);
    expect(() => namedIn('sigs.yaml', sigs, 'sigs[*].leads[*].github')).toThrow('nothing at');
    expect(() => namedIn('sigs.yaml', 'a: [', 'a')).toThrow('not valid YAML');
  });

  it('are OWNERS files with aliases and filters', () => {
    const aliases = aliasesIn('OWNERS_ALIASES', 'aliases:\n  Leads:\n    - ada\n    - grace\n');
    const owners = 'approvers: [leads, eve]\nreviewers: [bob]\nfilters:\n  ".*":\n    approvers: [zoe]\n';
    expect(ownersIn('OWNERS', owners, ['approvers'], aliases)).toEqual(['ada', 'grace', 'eve', 'zoe']);
    expect(ownersIn('OWNERS', owners, ['approvers', 'reviewers'], new Map())).toEqual([
      'leads',
      'eve',
      'zoe',
      'bob',
    ]);
  });

  it('are CODEOWNERS files, without teams and addresses', () => {
    expect(codeownersIn('# @nobody\n*.go @ada @acme/team ada@example.org\n/docs/ @eve # @bob\n\n')).toEqual([
      'ada',
      'eve',
    ]);
  });

  it('are rolls and CSV', () => {
    expect(rollIn('v.yaml', 'eligible_voters:\n  - ada\n  - "007"\n')).toEqual(['ada', '007']);
    expect(csvIn('d.csv', '\uFEFFlogin;n\r\n"ada";51\r\n\r\nbob;3\r\n', 'Login', 'n')).toEqual([
      { login: 'ada', count: 51 },
      { login: 'bob', count: 3 },
    ]);
    expect(() => csvIn('d.csv', 'a,b\n', 'login', null)).toThrow('It has: a, b.');
    expect(() => csvIn('d.csv', 'login,n\nada,many\n', 'login', 'n')).toThrow('row 2: "many"');
  });
});

describe('CSV', () => {
  it('is never a formula in a spreadsheet, and comes back as it was', () => {
    for (const text of ['=1+1', '+1', '-1', '@a', '\u{ff1d}1', '\t=1', ' =1'])
      expect(csvCell(text)).toMatch(/^"?'/);
    const cells = ['a,b', 'say "x"', 'two\nlines', ''];
    expect(readCsv(csvRow(cells))).toEqual([cells]);
  });
});

describe('addresses and names', () => {
  it('tell a login where they hold one', () => {
    const accounts = new Map([['ada@example.org', 'ada']]);
    const known = { accounts, forge: { kind: 'github', api: 'https://api.github.com' } } as const;
    expect(accountOf('Ada@Example.org', known)).toBe('ada');
    expect(accountOf('123+Eve@users.noreply.github.com', known)).toBe('Eve');
    expect(accountOf('49699333+dependabot[bot]@users.noreply.github.com', known)).toBe('dependabot[bot]');
    expect(accountOf('eve@users.noreply.github.com.evil.example', known)).toBeNull();
    // What another forge hides is nobody's name on this one.
    expect(accountOf('7-eve@users.noreply.gitlab.com', known)).toBeNull();
    const gitlab = { accounts, forge: { kind: 'gitlab', api: 'https://gitlab.com/api/v4' } } as const;
    expect(accountOf('7-eve.x@users.noreply.gitlab.com', gitlab)).toBe('eve.x');
    expect(accountOf('7+eve@users.noreply.github.com', gitlab)).toBeNull();
    const gitea = { accounts, forge: { kind: 'gitea', api: 'https://codeberg.org/api/v1' } } as const;
    expect(accountOf('eve@noreply.codeberg.org', gitea)).toBe('eve');
  });

  it('fit patterns', () => {
    expect(fits('acme/*', 'Acme/site')).toBe(true);
    expect(fits('acme/*', 'acme/a/b')).toBe(false);
    expect(fits('**/OWNERS', 'OWNERS')).toBe(true);
    expect(fits('**/OWNERS', 'a/b/OWNERS')).toBe(true);
    expect(fits('a.b/*', 'axb/c')).toBe(false);
    expect(standingOf({ repositories: ['a/*'], exceptRepositories: ['a/b'] }, 'a/b')).toBe('excluded');
  });
});
