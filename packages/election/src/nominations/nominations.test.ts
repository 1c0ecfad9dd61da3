import { describe, expect, it } from 'vitest';
import { lintTree } from '../lint/lint.ts';
import { lintNomination } from '../lint/lint-nomination.ts';
import type { Election } from '../model.ts';
import { readElection } from '../tree/read-election.ts';
import { countedEndorsements } from './endorsements.ts';
import { answersIn, readQuestions } from './questions.ts';
import { readTemplate, writeCandidate } from './template.ts';
import { nominationsAt } from './window.ts';

const CLOSES = Date.UTC(2027, 7, 15, 23, 59, 59);
const OPENS = Date.UTC(2027, 8, 1);
const yaml = (more = '  endorsements: 2\n  distinct: employer\n  endorsers: voters\n'): string =>
  `name: X\nstart_datetime: 2027-09-01 00:00:00\nend_datetime: 2027-09-27 23:59:59\nno_winners: 1\nelection_officers: [o]\nnominations:\n  closes: 2027-08-15 23:59:59\n${more}`;
const candidate = (header = '', bio = ''): string => `---\nname: Ada\nID: ada\n${header}---\n${bio}`;
const filesOf = (files: Record<string, string>) =>
  Object.entries({
    'election.yaml': yaml(),
    'voters.yaml': 'eligible_voters: [ada, grace, hopper, joan, jean]',
    ...files,
  }).map(([name, text]) => ({ path: `e/x/${name}`, text }));
const lint = (files: Record<string, string>, now = CLOSES): string[] =>
  lintTree('e', filesOf(files), { now }).elections.flatMap(({ diagnostics }) =>
    diagnostics.map(({ severity, code, line }) => `${severity} ${code} ${line}`),
  );
const read = (files: Record<string, string>): Election => {
  const { election } = readElection('e/x', 'e', filesOf(files));
  if (!election) throw new Error('unreadable');
  return election;
};

describe('endorsements', () => {
  it('count once a person, once a value, and only of voters where voters endorse', () => {
    const header =
      'endorsed_by:\n  - "@Grace": Navy\n  - grace: Army\n  - hopper: NAVY\n  - ada: Own\n  - stranger: Far\n  - joan\n  - jean: Univac\n';
    const { candidates } = read({ 'candidate-ada.md': candidate(header) });
    const [ada] = candidates;
    expect(ada?.endorsedBy?.map(({ login, uncounted }) => [login, uncounted ?? 'counts'])).toEqual([
      ['Grace', 'counts'],
      ['grace', 'twice'],
      ['hopper', 'same-value'],
      ['ada', 'self'],
      ['stranger', 'not-on-roll'],
      ['joan', 'no-value'],
      ['jean', 'counts'],
    ]);
    expect(countedEndorsements(ada ?? {})).toBe(2);
    expect(lint({ 'candidate-ada.md': candidate(header) })).toEqual(
      [6, 7, 8, 9, 10].map((line) => `warning candidate-endorsement-uncounted ${line}`),
    );
  });

  it('that are missing are a warning in time, an error until voting begins, and nothing then', () => {
    const files = { 'candidate-ada.md': candidate('endorsed_by: [grace (Navy)]\n') };
    expect(lint(files, CLOSES)).toEqual(['warning candidate-endorsements-missing 1']);
    expect(lint(files, CLOSES + 1)).toEqual(['error candidate-endorsements-missing 1']);
    expect(lint(files, OPENS)).toEqual([]);
    const { diagnostics } = lintTree('e', filesOf(files), { now: CLOSES }).elections[0] ?? {};
    expect(diagnostics?.[0]?.message).toContain(
      '1 of them is missing; there is time until 2027-08-15 23:59 UTC',
    );
  });

  it('are owed by nobody who has withdrawn', () => {
    expect(lint({ 'candidate-ada.md': candidate('withdrawn: true\n') })).not.toContain(
      'warning candidate-endorsements-missing 1',
    );
  });

  it('of a header whose rules say nothing are kept, and none is left out', () => {
    const files = {
      'election.yaml': yaml('').replace(/nominations:[^]*/, ''),
      'candidate-ada.md': candidate('endorsed_by:\n  - ada\n'),
    };
    expect(read(files).candidates[0]?.endorsedBy).toEqual([{ login: 'ada', value: '', line: 5 }]);
    expect(lint(files)).toEqual([]);
  });
});

describe('nominations', () => {
  it('are open within their window, both ends inclusive', () => {
    const election = read({ 'election.yaml': yaml('  opens: 2027-08-01\n') });
    expect(
      [Date.UTC(2027, 7, 1) - 1, Date.UTC(2027, 7, 1), CLOSES, CLOSES + 1].map((now) =>
        nominationsAt(election, now),
      ),
    ).toEqual(['ahead', 'open', 'open', 'over']);
    expect(nominationsAt({}, CLOSES)).toBe('none');
  });

  it.each([
    ['  opens: 2027-08-20\n', 'error nominations-window 7'],
    ['  endorsements: -1\n', 'error nominations-invalid 8'],
    ['  self_nomination: perhaps\n', 'error nominations-invalid 8'],
    ['  who: me\n', 'error field-unknown 8'],
  ])('say what is wrong with %j, and the election is held all the same', (more, said) => {
    const files = { 'election.yaml': yaml(more), 'candidate-ada.md': candidate() };
    expect(lint(files)).toContain(said);
    expect(read(files).nominations).toMatchObject({ closesAt: CLOSES });
  });

  it('that end after the start get a warning', () => {
    const late = yaml('').replace('2027-08-15', '2027-09-02');
    expect(lint({ 'election.yaml': late, 'candidate-ada.md': candidate() })).toEqual([
      'warning nominations-late 7',
    ]);
  });

  it('have words that are told with what is probably meant, an error until voting begins', () => {
    const [read] = lintTree('e', filesOf({ 'election.yaml': yaml('  endorsments: 3\n  colour: blue\n') }), {
      now: CLOSES,
    }).elections;
    const told = read?.diagnostics.filter(({ code }) => code.startsWith('field-')) ?? [];
    expect(told.map(({ severity, code, hint }) => [severity, code, hint])).toEqual([
      ['error', 'field-misspelled', 'Did you mean "endorsements"?'],
      ['error', 'field-unknown', 'Remove it.'],
    ]);
  });

  it('by oneself may be ruled out', () => {
    const own = { 'election.yaml': yaml('  self_nomination: false\n') };
    for (const [header, count] of [
      ['', 1],
      ['nominated_by: ADA\n', 1],
      ['nominated_by: grace\n', 0],
    ] as const)
      expect(lint({ ...own, 'candidate-ada.md': candidate(header) }), header).toHaveLength(count);
  });

  it('bound the words of a profile', () => {
    const files = {
      'election.yaml': yaml('  max_words: 2\n'),
      'candidate-ada.md': candidate('', 'one two three'),
    };
    expect(lint(files)).toEqual(['error bio-too-long 5']);
  });
});

describe('questions to all candidates', () => {
  const QUESTIONS = '# Questions\n\nThank you.\n\n## Why you?\n\nIn short.\n\n## What *first*\n';

  it('are the headings of questions.md, and answered by heading', () => {
    const questions = readQuestions(QUESTIONS);
    expect(questions).toEqual([
      { title: 'Why you?', text: 'In short.' },
      { title: 'What first', text: '' },
    ]);
    const bio = '## why  you\nI can.\n\n### Indeed\nYes.\n\n```\n## What first\n```\n\n## Else\nNo.\n';
    expect(answersIn(bio, questions)).toEqual([
      'I can.\n\n### Indeed\nYes.\n\n```\n## What first\n```',
      null,
    ]);
  });

  it('that are not answered are told', () => {
    const files = { 'election.yaml': yaml(''), 'questions.md': QUESTIONS };
    expect(lint({ ...files, 'candidate-ada.md': candidate('', '## Why you?\n\nyes\n') })).toEqual([
      'warning candidate-answer-missing 1',
    ]);
    expect(lint({ ...files, 'questions.md': 'none', 'candidate-ada.md': candidate() })).toEqual([
      'warning questions-none 0',
    ]);
  });
});

describe('the form', () => {
  const TEMPLATE =
    '-----\nname: Your Name\nID: GitHubID\ninfo:\n  - employer: Yours or "Independent"\n  - slack: handle\n-----\n\n<!-- Copy this file. -->\n\n## What I have done\n\n<!-- Some lines. -->\n\n### SIGs\n';

  it('asks what the template and the questions ask', () => {
    expect(
      readTemplate(TEMPLATE, [
        { title: 'what I have done?', text: '' },
        { title: 'Why?', text: 'Say.' },
      ]),
    ).toEqual({
      fields: [
        { name: 'employer', value: 'Yours or "Independent"' },
        { name: 'slack', value: 'handle' },
      ],
      sections: [
        { title: 'What I have done', level: 2, hint: 'Some lines.' },
        { title: 'SIGs', level: 3, hint: '' },
        { title: 'Why?', level: 2, hint: 'Say.' },
      ],
    });
  });

  it.each([
    'plain',
    'on',
    '007',
    'a: b',
    '- x',
    '"q"',
    'two\nlines',
    '#hash',
    '{a}',
    "it's",
    '---',
    '!!str x',
  ])('writes a file that says %j as it was typed', (value) => {
    const text = writeCandidate({
      name: value,
      id: 'ada',
      nominatedBy: 'grace',
      fields: [
        { name: 'employer', value },
        { name: 'slack', value: ' ' },
      ],
      answers: [
        { title: 'Why?', level: 2, text: '---\nname: Eve\nID: eve\n---' },
        { title: 'Empty', level: 2, text: '' },
      ],
    });
    const [made] = read({ 'candidate-ada.md': text }).candidates;
    const written = value.replace(/\s+/g, ' ');
    expect(made).toMatchObject({
      name: written,
      id: 'ada',
      nominatedBy: 'grace',
      fields: [{ name: 'employer', value: written }],
    });
    expect(made?.bio.trim()).toBe('## Why?\n\n---\nname: Eve\nID: eve\n---');
  });

  it('is checked as the linter checks the file beside the others', () => {
    const election = read({ 'election.yaml': yaml('  max_words: 3\n'), 'candidate-ada.md': candidate() });
    const say = (id: string, name: string, bio: string): string[] => {
      const path = `e/x/candidate-${id}.md`;
      const text = `---\nname: ${name}\nID: ${id}\n---\n${bio}`;
      const alone = lintNomination(election, path, text, CLOSES).map(({ code }) => code);
      const beside = lintTree(
        'e',
        [
          ...filesOf({ 'election.yaml': yaml('  max_words: 3\n'), 'candidate-ada.md': candidate() }),
          { path, text },
        ],
        {
          now: CLOSES,
        },
      ).elections[0]?.diagnostics.filter(({ file }) => file === path);
      expect(new Set(alone), text).toEqual(new Set(beside?.map(({ code }) => code)));
      return alone;
    };
    expect(say('bo', 'Bo', 'one two three')).toEqual([]);
    expect(say('bo', 'Ada', 'one two three four')).toEqual(['bio-too-long', 'candidate-same-name']);
    expect(say('bo', '"=1+1"', '')).toEqual(['candidate-name-unsafe']);
    expect(
      lintNomination(election, 'e/x/candidate-ADA.md', candidate().replace('ada', 'ADA'), CLOSES)[0]?.code,
    ).toBe('candidate-duplicate-id');
  });
});

it('a mountain of headings is read in one pass', () => {
  expect(answersIn('# a\n'.repeat(200_000), [{ title: 'b', text: '' }])).toEqual([null]);
});
