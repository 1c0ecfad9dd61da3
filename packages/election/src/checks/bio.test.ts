import { describe, expect, it } from 'vitest';
import { readCandidateFile } from '../candidate/read-candidate.ts';
import { checkBio, countWords, type BioRules } from './bio.ts';

const check = (bio: string, rules: BioRules): string[] => {
  const text = `------\nname: Ada\nID: ada\n------\n${bio}`;
  const { candidate } = readCandidateFile('candidate-ada.md', text);
  return candidate
    ? checkBio(candidate, text, rules).map((d) => `${d.severity} ${d.line}:${d.column} ${d.code}`)
    : [];
};

describe('countWords', () => {
  it.each([
    ['', 0],
    ['One two, three.', 3],
    ['- one\n- two\n\n---\n\n| a | b |', 4],
    ['<!-- a hidden hint -->seen', 1],
    ['[a link](https://long.example/path/to) here', 3],
    ['Zoë 徐俊杰 🦀 9', 3],
  ])('of %j is %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

describe('checkBio', () => {
  it('allows as many words as the rule says and no more', () => {
    expect(check('one two three', { maxWords: 3 })).toEqual([]);
    expect(check('one two three four', { maxWords: 3 })).toEqual(['error 5:1 bio-too-long']);
  });

  it('asks for sections, in any case and at any level', () => {
    const rules = { requiredSections: ['SIGs', "What I'll do"] };
    expect(check("## sigs\n\nWhat I'll do\n---\n", rules)).toEqual([]);
    expect(check('### **SIGS**:\n', rules)).toEqual(['error 5:1 bio-section-missing']);
    expect(check("```\n## SIGs\n```\n<!-- ## What I'll do -->\n", rules)).toHaveLength(2);
  });

  it('asks for nothing without rules', () => {
    expect(check('', {})).toEqual([]);
  });
});
