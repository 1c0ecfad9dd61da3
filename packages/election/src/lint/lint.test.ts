import { describe, expect, it } from 'vitest';
import { unsafeIn } from '../checks/names.ts';
import { lintFile, lintTree } from './lint.ts';
import { misnamedCandidate } from './misnamed.ts';

const OPENS = Date.UTC(2026, 0, 1);
const BEFORE = OPENS - 1;
const DURING = OPENS;
const AFTER = Date.UTC(2027, 0, 1);
const yaml = (name = 'Steering'): string =>
  `name: ${name}\nstart_datetime: 2026-01-01 00:00:00\nend_datetime: 2026-01-31 23:59:59\nno_winners: 1\nelection_officers: [a]\n`;
const candidate = (id: string, name = 'Ada'): string => `---\nname: ${name}\nID: ${id}\n---\nOne two three\n`;

function lint(files: Record<string, string>, now: number, folder = 'x'): string[] {
  const all = { 'election.yaml': yaml(), 'voters.yaml': 'eligible_voters: [a]', ...files };
  const sources = Object.entries(all).map(([name, text]) => ({ path: `e/${folder}/${name}`, text }));
  const { elections, diagnostics } = lintTree('e', sources, { now, maxWords: 3 });
  return [...elections.flatMap((read) => read.diagnostics), ...diagnostics].map(
    (d) => `${d.severity} ${d.code}`,
  );
}

describe('names that are unsafe in some output', () => {
  it.each([
    ['a folder', 'folder-name-unsafe', {}, 'we"ird <svg>'],
    ['a folder that is a formula', 'folder-name-unsafe', {}, '=1+1'],
    ['an id that is a formula', 'candidate-id-unsafe', { 'candidate-b.md': candidate('"=1+1"') }, 'x'],
    ['an election', 'election-name-unsafe', { 'election.yaml': yaml('"Board <2027>"') }, 'x'],
    ['an election that is a formula', 'election-name-unsafe', { 'election.yaml': yaml('"+1 Board"') }, 'x'],
    ['a turned name', 'candidate-name-unsafe', { 'candidate-a.md': candidate('a', 'A\u202ebob') }, 'x'],
    [
      'a control character',
      'candidate-name-unsafe',
      { 'candidate-a.md': candidate('a', '"A\\u0007b"') },
      'x',
    ],
  ])('%s is an error until the election begins, and a warning then', (_, code, files, folder) => {
    const all = { 'candidate-a.md': candidate('a'), ...(files as Record<string, string>) };
    expect(lint(all, BEFORE, folder)).toContain(`error ${code}`);
    for (const now of [DURING, AFTER]) {
      expect(lint(all, now, folder)).toContain(`warning ${code}`);
      expect(lint(all, now, folder)).not.toContain(`error ${code}`);
    }
  });

  it.each([
    'Zoë Müller-Lüdenscheidt',
    '徐俊杰',
    'O\u2019Neil',
    "D'Arcy & Sons",
    'عربي',
    '"The" Board',
    '2027 (GB)',
  ])('are not titles such as %s', (title) => {
    expect(unsafeIn(title, 'title')).toBeNull();
  });

  it.each(['2023-GB', 'steering', 'Wahl_2027', 'élection 2027', '249043822', 'a.b'])(
    'are not paths such as %s',
    (path) => {
      expect(unsafeIn(path, 'path')).toBeNull();
    },
  );

  it.each(['=1', '+1', '-1', '@a', '\tx', 'x\r', ' =1', '\uff1d1', 'a\u2066b', '\u200ea'])(
    'are %j',
    (text) => {
      expect(unsafeIn(text, 'title')).not.toBeNull();
    },
  );
});

describe('lint', () => {
  it('takes an election for urgent that should be open and waits', () => {
    expect(lint({}, BEFORE)).toEqual(['info no-candidates']);
    expect(lint({}, DURING)).toEqual(['error no-candidates']);
    expect(lint({}, AFTER)).toEqual(['info no-candidates']);
  });

  it('applies the rules for bios to whole folders and to single files', () => {
    expect(lint({ 'candidate-a.md': candidate('a') }, BEFORE)).toEqual([]);
    expect(lint({ 'candidate-a.md': `${candidate('a')}four\n` }, BEFORE)).toEqual(['error bio-too-long']);
    const single = lintFile('candidate-a.md', `${candidate('a')}four\n`, { maxWords: 3 });
    expect(single.diagnostics.map((d) => d.code)).toEqual(['bio-too-long']);
  });
});

describe('fields without effect', () => {
  it('are errors until the election begins, with what was meant, and an own field is none', () => {
    const all = {
      'candidate-a.md': candidate('a'),
      'election.yaml': `${yaml()}no_winers: 2\nzzz: 1\nx_ours: 1\n`,
    };
    expect(lint(all, BEFORE)).toEqual(['error field-misspelled', 'error field-unknown', 'info field-own']);
    expect(lint(all, DURING)).toEqual(['warning field-misspelled', 'info field-unknown', 'info field-own']);
  });
});

describe('names of candidates', () => {
  it('that are the same but for case and white space are told', () => {
    const all = { 'candidate-a.md': candidate('a', 'Ada L'), 'candidate-b.md': candidate('b', 'ada  l') };
    expect(lint(all, BEFORE)).toEqual(['warning candidate-same-name']);
    expect(lint({ ...all, 'candidate-b.md': candidate('b', 'Adam') }, BEFORE)).toEqual([]);
  });
});

describe('candidates under other names', () => {
  const header = candidate('nn', 'N');
  it.each([
    ['e/x/noprefix.md', false, 'Name it candidate-nn.md.'],
    ['e/x/canidate-x.md', false, 'Name it candidate-nn.md.'],
    ['e/x/candidate-x.md.txt', false, 'Name it candidate-nn.md.'],
    ['e/x/sub/candidate-nn.md', true, 'Move it beside election.yaml, as candidate-nn.md.'],
  ])('%s is found', (path, nested, hint) => {
    expect(misnamedCandidate(path, header, nested)).toMatchObject({ code: 'candidate-misnamed', hint });
  });

  it.each([
    ['e/x/candidate-nn.md', header],
    ['e/x/README.md', header],
    ['e/x/nomination-template.md', header],
    ['e/x/notes.md', 'text\n\n---\nname: N\nID: nn\n---\n'],
    ['e/x/notes.md', '---\ntitle: Page\n---\n'],
    ['e/x/notes.md', '---\nname: You\nID: GitHubID\n---\n'],
    ['e/x/data.csv', header],
  ])('%s is left alone', (path, text) => {
    expect(misnamedCandidate(path, text, false)).toBeNull();
  });
});
