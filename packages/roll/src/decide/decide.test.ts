import { describe, expect, it } from 'vitest';
import { Collector } from '../facts/collector.ts';
import { leavesOf, type Contribution, type RollRules } from '../model.ts';
import { readRules } from '../rules/read-rules.ts';
import { evidenceRows, readEvidence, writeEvidence } from '../write/evidence.ts';
import { differenceOf, movedBetween } from '../write/difference.ts';
import { writeVoters } from '../write/voters.ts';
import { decide, judge } from './decide.ts';

const AT = Date.UTC(2026, 2, 1);
const read = (text: string): RollRules => {
  const { rules, diagnostics } = readRules(
    'roll.yaml',
    `window: { from: 2026-01-01, until: 2026-05-31 }\n${text}`,
  );
  if (!rules) throw new Error(JSON.stringify(diagnostics));
  return rules;
};
const did = (login: string, times: number, more: Partial<Contribution> = {}): Contribution[] =>
  Array.from({ length: times }, () => ({ login, kind: 'commits', repository: 'acme/a', at: AT, ...more }));

const facts = (rules: RollRules, found: readonly Contribution[]) => {
  const collector = new Collector(rules.who);
  for (const leaf of leavesOf(rules.who))
    if (leaf.source.kind === 'list') for (const login of leaf.source.logins) collector.named(leaf, login);
  for (const each of found) collector.contribution(each);
  return collector.facts();
};
const voters = (rules: RollRules, found: readonly Contribution[] = []): string[] =>
  decide(rules, facts(rules, found))
    .filter(({ on }) => on)
    .map(({ login }) => login);

const COUNTED =
  'contributions: { repositories: [acme/*], except: [acme/site], kinds: [commits, reviews], at_least: 3, weights: { reviews: 0.1 } }';

describe('who is on a roll', () => {
  it('is who meets any rule, or all, but no exception', () => {
    expect(voters(read('who: { any: [{ list: [a, b] }, { list: [c] }], except: [{ list: [B] }] }'))).toEqual([
      'a',
      'c',
    ]);
    expect(voters(read('who: { all: [{ list: [a, b] }, { list: [b, c] }] }'))).toEqual(['b']);
    expect(voters(read('who: { any: [{ list: [a], except: [{ list: [a] }] }, { list: [a] }] }'))).toEqual([
      'a',
    ]);
    expect(voters(read('who: { list: [a, b] }\nexcept: [{ list: [a] }]'))).toEqual(['b']);
  });

  it('counts what lies within the window and the repositories, by weight, exactly at the limit', () => {
    const rules = read(`who: { ${COUNTED} }`);
    expect(voters(rules, [...did('two', 2), ...did('three', 3)])).toEqual(['three']);
    // 30 times a tenth is three: no sum of floating numbers decides.
    expect(voters(rules, did('reviewer', 30, { kind: 'reviews' }))).toEqual(['reviewer']);
    expect(voters(rules, did('reviewer', 29, { kind: 'reviews' }))).toEqual([]);
    expect(voters(rules, did('early', 5, { at: Date.UTC(2025, 11, 31, 23, 59, 59) }))).toEqual([]);
    expect(voters(rules, did('last', 3, { at: Date.UTC(2026, 4, 31, 23, 59, 59) }))).toEqual(['last']);
    expect(voters(rules, did('elsewhere', 5, { repository: 'other/a' }))).toEqual([]);
    expect(voters(rules, did('site', 5, { repository: 'acme/site' }))).toEqual([]);
    expect(voters(rules, did('issues', 5, { kind: 'issues' }))).toEqual([]);
  });

  it('is no bot, however it is known, but a person whom roll.yaml names', () => {
    const all = [
      ...did('dependabot[bot]', 9),
      ...did('ci-robot', 9),
      ...did('web-flow', 9),
      ...did('Abbot', 9),
      ...did('Ours', 9),
    ];
    expect(voters(read(`who: { ${COUNTED} }\nbots: [ours]\npeople: [ci-robot]`), all)).toEqual([
      'Abbot',
      'ci-robot',
    ]);
    const rules = read(`who: { ${COUNTED} }`);
    const collector = new Collector(rules.who);
    for (const each of did('quiet', 9)) collector.contribution(each);
    collector.bot('Quiet');
    expect(decide(rules, collector.facts()).filter(({ on }) => on)).toEqual([]);
  });

  it('is one person in whatever case, spelled as the forge does', () => {
    const rules = read(`who: { any: [{ list: [ADA] }, { ${COUNTED} }] }`);
    expect(voters(rules, did('Ada', 1))).toEqual(['Ada']);
  });

  it('does not depend on the order in which sources answer', () => {
    const rules = read(`who: { any: [{ list: [zoe] }, { ${COUNTED} }] }`);
    const found = [...did('ada', 3), ...did('Zoe', 2, { kind: 'reviews' }), ...did('bob', 4, { at: AT + 5 })];
    const rows = (order: readonly Contribution[]): string =>
      writeEvidence(evidenceRows(decide(rules, facts(rules, order))));
    expect(rows(found)).toBe(rows(found.toReversed()));
  });

  it('tells why somebody is short', () => {
    const rules = read(`who: { ${COUNTED} }`);
    const found = [
      ...did('ada', 2),
      ...did('ada', 2, { repository: 'acme/site' }),
      ...did('ada', 1, { at: AT + 1e11 }),
    ];
    expect(judge(rules, facts(rules, found), 'ADA').verdict.tally).toMatchObject({
      count: 2,
      excluded: { 'acme/site': 2 },
      after: 1,
    });
    expect(judge(rules, facts(rules, []), 'nobody')).toMatchObject({
      login: 'nobody',
      on: false,
      verdict: { tally: null },
    });
  });
});

describe('the evidence', () => {
  it('has a row for each rule that is met, for bots, and for exceptions; nothing of who is merely short', () => {
    const rules = read(
      `who:\n  any:\n    - { list: [ada, gone], name: "=Leads" }\n    - ${COUNTED}\nexcept: [{ list: [gone], name: Left }]`,
    );
    const rows = evidenceRows(
      decide(rules, facts(rules, [...did('ada', 4), ...did('short', 1), ...did('x[bot]', 5)])),
    );
    const text = writeEvidence(rows);
    expect(text).toBe(`login,on_roll,rule,count,needed,first,last
ada,yes,'=Leads,1,1,,
ada,yes,commits+reviews,4,3,2026-03-01,2026-03-01
gone,no,Left,1,1,,
x[bot],no,bot,,,,
`);
    expect(readEvidence('e.csv', text).map(({ login, on }) => [login, on])).toEqual(
      rows.map(({ login, on }) => [login, on]),
    );
    expect(() => readEvidence('e.csv', 'login\nada\n')).toThrow('build the roll again');
    const edited = text.replace(',yes,', ',maybe,');
    expect(() => readEvidence('e.csv', edited)).toThrow(
      /^e\.csv, row \d+: a login with yes or no is expected/,
    );
  });

  it('tells what moved between two', () => {
    const rules = read(`who: { ${COUNTED} }`);
    const rows = (found: readonly Contribution[]) => evidenceRows(decide(rules, facts(rules, found)));
    const moved = movedBetween(
      rows([...did('ada', 4), ...did('bob', 3)]),
      rows([...did('ada', 5), ...did('bob', 3)]),
    );
    expect(moved.map(({ login, before, after }) => [login, before?.count, after?.count])).toEqual([
      ['ada', '4', '5'],
    ]);
  });

  it('tells of each who comes or goes why, also of one whose account is numbered', () => {
    const row = (login: string, on: boolean, rule: string) => ({
      login,
      on,
      rule,
      count: '',
      needed: '',
      first: '',
      last: '',
    });
    const [eve, dan, bob, gone] = [
      row('Eve', true, 'c'),
      row('dan', false, 'x'),
      row('bob', true, 'c'),
      'zoe#7',
    ];
    const difference = differenceOf(
      { voters: ['Ada', 'bob', 'dan', gone], rows: [bob, row('Zoe', true, 'old')] },
      { voters: ['ADA', 'eve#5'], rows: [eve, dan] },
    );
    expect(difference).toEqual({
      added: [{ voter: 'eve#5', met: [eve] }],
      removed: [
        { voter: 'bob', excludedBy: [], met: [bob] },
        { voter: 'dan', excludedBy: [dan], met: [] },
        { voter: gone, excludedBy: [], met: [row('Zoe', true, 'old')] },
      ],
      same: 1,
    });
  });
});

describe('voters.yaml', () => {
  it('keeps every comment and the order; who goes leaves the comment behind', () => {
    const before =
      '# History:\n# 2026-01-01: first\neligible_voters:\n  - Zoe # founder\n  - bob   # left\n  # newcomers\n  - eve\n  - EVE\n';
    const after = writeVoters(before, ['ada', 'eve', 'zoe']);
    expect(after).toBe(
      '# History:\n# 2026-01-01: first\neligible_voters:\n  - Zoe # founder\n  # left\n  # newcomers\n  - eve\n  - EVE\n  - ada\n',
    );
    expect(writeVoters(after, ['ada', 'eve', 'zoe'])).toBe(after);
    expect(writeVoters(before, ['zoe'])).not.toMatch(/- eve/i);
  });

  it('starts with logins in their order, quoted where YAML would see no text', () => {
    const text = writeVoters(null, ['007', 'ada', 'on']);
    expect(text).toMatch(/^# Who may vote/);
    expect(text.split('\n').slice(-4)).toEqual(["  - '007'", '  - ada', "  - 'on'", '']);
  });
});
