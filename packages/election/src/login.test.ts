import { describe, expect, it } from 'vitest';
import { cleanLogin, foldLogin, isOfficer, isPossibleLogin, officeOf, sameLogin } from './login.ts';
import { isEligible } from './roll/roll-names.ts';

describe('foldLogin', () => {
  it('leaves out case, a leading @ and white space', () => {
    expect(foldLogin(' @IanColdwater\u200b\n')).toBe('iancoldwater');
    expect(foldLogin('249043822')).toBe('249043822');
  });

  it('takes no other letter for an ASCII one', () => {
    expect(foldLogin('\u212aube')).not.toBe('kube');
    expect(foldLogin('\u0130an')).not.toBe('ian');
  });
});

describe('a number on the roll', () => {
  const election = {
    voters: [
      { login: 'Ada', account: '5', line: 2 },
      { login: 'bob', line: 3 },
    ],
  };

  it('gives the name to its account alone, whatever the login is by now', () => {
    const stands = (login: string, account?: string): boolean => isEligible(election, login, account);
    for (const login of ['ada', 'lovelace', 'bob']) expect(stands(login, '5'), login).toBe(true);
    for (const login of ['ada', 'ADA', 'lovelace']) expect(stands(login, '6'), login).toBe(false);
    expect([stands('bob', '6'), stands('ada')], 'no number, or none known').toEqual([true, true]);
  });
});

describe('isEligible and isOfficer', () => {
  const election = { voters: [{ login: 'Ada', line: 2 }], officers: ['alice', 'BOB'] };

  it('compare without case', () => {
    expect(['ada', 'ADA', '@Ada'].map((login) => isEligible(election, login))).toEqual([true, true, true]);
    expect(isOfficer(election, 'bob')).toBe(true);
  });

  it('compare with the case where the provider tells it apart', () => {
    const exact = { ...election, logins: 'exact' as const };
    expect(['ada', 'ADA', '@Ada'].map((login) => isEligible(exact, login))).toEqual([false, false, true]);
    expect(['bob', 'BOB'].map((login) => isOfficer(exact, login))).toEqual([false, true]);
    expect([sameLogin('Ada', 'ada', exact), sameLogin('Ada', '@Ada ', exact)]).toEqual([false, true]);
    expect(isEligible(election, 'ada'), 'the same list by the other rule').toBe(true);
  });

  it('never take a part for the whole', () => {
    expect(['al', 'alice2', '', 'alice,bob'].map((login) => isOfficer(election, login))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['ad', ''].map((login) => isEligible(election, login))).toEqual([false, false]);
  });

  it('make no officer of a voter nor the reverse', () => {
    expect([isOfficer(election, 'ada'), isEligible(election, 'alice')]).toEqual([false, false]);
  });
});

describe('officeOf', () => {
  const election = { officers: ['Alice', 'bob'], officerAccounts: { bob: '22' } };

  it.each([
    [
      'the login, where the files say no more',
      { account: '1', login: 'alice' },
      { login: 'alice', pinned: false },
    ],
    ['the account, whatever its login is now', { account: '22', login: 'x' }, { login: 'bob', pinned: true }],
    ['not by the login alone, where the account is said', { account: '1', login: 'bob' }, null],
    ['not by an empty login', { account: '1', login: '' }, null],
  ])('knows an officer by %s', (_, person, office) => {
    expect(officeOf(election, person)).toEqual(office);
  });
});

describe('cleanLogin', () => {
  it('takes the login from a profile link of a host that gives accounts, and from no other', () => {
    for (const host of ['github.com', 'www.github.com', 'gitlab.com', 'codeberg.org'])
      expect(cleanLogin(`https://${host}/Ada`), host).toBe('Ada');
    for (const link of ['https://evil.example/Ada', 'https://gitlab.com.evil.example/Ada'])
      expect(isPossibleLogin(cleanLogin(link)), link).toBe(false);
  });

  it.each([
    ['@ada', 'ada'],
    ['[@ada](https://github.com/ada)', 'ada'],
    ['https://github.com/ada/', 'ada'],
    [' ada ', 'ada'],
    ['ada', 'ada'],
  ])('reads %s as %s', (raw, login) => {
    expect(cleanLogin(raw)).toBe(login);
  });
});

describe('isPossibleLogin', () => {
  it.each([
    ['ada', true],
    ['divya-mohan0209', true],
    ['ada_example', true],
    ['old-', true],
    ['ada.lovelace', true],
    ['_ada', true],
    ['__proto__', false],
    ['.ada', false],
    ['-ada', false],
    ['ada@example.org', false],
    ['Ada L', false],
    ['renovate[bot]', false],
    ['', false],
  ])('of %j is %s', (login, possible) => {
    expect(isPossibleLogin(login)).toBe(possible);
  });
});
