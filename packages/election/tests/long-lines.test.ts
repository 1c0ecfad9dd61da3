import { describe, expect, it } from 'vitest';
import { checkBio } from '../src/checks/bio.ts';
import { fixFile, readCandidateFile, readResultsKeys } from '../src/index.ts';
import { readFile } from '../src/tree/read-file.ts';

/**
 * Texts on which a careless expression would be busy for minutes. Each reader is done long before this suite's
 * time is up, or these tests fail by it.
 */
const LONG = {
  blanks: `a${' '.repeat(250_000)}b`,
  newlines: `a${'\n'.repeat(250_000)}b`,
  tabs: `- a${'\t'.repeat(250_000)}b`,
  'zero-width blanks': `a${'\u200b'.repeat(250_000)}b`,
  colons: 'a: '.repeat(80_000),
  'tight colons': 'a:b '.repeat(60_000),
  'question marks': '? '.repeat(120_000),
  'comment signs': `a${' #'.repeat(120_000)}`,
  quotes: `"${"' ".repeat(120_000)}`,
  ids: ' ID: a'.repeat(40_000),
  fences: `${'`'.repeat(10)}${' '.repeat(240_000)}x`,
  rows: 'a | b\n'.repeat(40_000),
};

describe.each(Object.entries(LONG))('a mountain of %s', (_, text) => {
  it('is read as a candidate, wherever in the file it stands', () => {
    const header = (lines: string): string => `---\nname: Ada\nID: ada\n${lines}---\n`;
    for (const file of [
      text,
      header('').replace('Ada', text),
      header(`info:\n  - employer: ${text}\n`),
      header(`withdrawn: 2027-01-01 ${text}\n`),
      `${header('')}${text}`,
    ]) {
      const { candidate, diagnostics } = readCandidateFile('candidate-ada.md', file);
      expect(candidate !== null || diagnostics.some((each) => each.severity === 'error')).toBe(true);
      fixFile('candidate-ada.md', file);
    }
  });

  it('is read as election.yaml, a roll and keys', () => {
    for (const name of ['election.yaml', 'voters.yaml'])
      for (const file of [text, `name: ${text}`, `eligible_voters:\n- ${text}`, `election_officers: ${text}`])
        expect(readFile(name, file).diagnostics.length).toBeGreaterThan(0);
    expect(readResultsKeys('results-keys.yaml', `- key: ${text.slice(0, 60_000)}`).keys).toEqual([]);
  });
});

describe('the rules for bios', () => {
  it.each([
    ['link targets', '](a'.repeat(300_000)],
    ['open links', '[a]('.repeat(250_000)],
    ['blanks in a heading', `# a${' '.repeat(900_000)}b`],
    ['hashes in a heading', `# ${'#'.repeat(900_000)}b`],
    ['comments', '<!--'.repeat(250_000)],
    ['fences', '```\n'.repeat(250_000)],
  ])('are checked on a mountain of %s', (_, bio) => {
    const text = `---\nname: Ada\nID: ada\n---\n${bio}`;
    const { candidate } = readCandidateFile('candidate-ada.md', text);
    expect(candidate).not.toBeNull();
    if (candidate)
      expect(
        checkBio(candidate, text, { maxWords: 0, requiredSections: ['Missing'] }).map((each) => each.code),
      ).toContain('bio-section-missing');
  });
});

describe('a heading', () => {
  it.each(['## What I do', '## What I do ##', '#   What I do   # ', '### **What I do:** ###'])(
    'is %j',
    (line) => {
      const text = `---\nname: Ada\nID: ada\n---\n${line}\n`;
      const { candidate } = readCandidateFile('candidate-ada.md', text);
      expect(candidate && checkBio(candidate, text, { requiredSections: ['What I do'] })).toEqual([]);
    },
  );
});
