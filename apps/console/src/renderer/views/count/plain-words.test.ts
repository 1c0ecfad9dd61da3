import { describeFile, readBallotFile } from '@elekto/formats';
import { describe, expect, it } from 'vitest';
import { plainWords } from './plain-words.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const said = (text: string): string => {
  try {
    return describeFile(readBallotFile(bytes(text), { best: null }));
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('what is said of a file of ballots in the window', () => {
  it.each([
    ['Bring bread.\n'],
    ['ada,bob,cy\n1,2,3\n1,,2\n3,1,2\n'],
    [''],
    ['ada,bob\n0,2\n1,2\n'],
    ['3 2\n1 1 2 0\n'],
  ])('names no option of the command line: %j', (text) => {
    expect(plainWords(said(text))).not.toContain('--');
    expect(plainWords(said(text))).not.toBe('');
  });

  it('keeps everything else', () => {
    expect(plainWords('1 is best (--high-is-best for the other way)')).toBe('1 is best');
    expect(plainWords('BLT (its first line; --from blt) or CSV (a heading; --from csv)')).toBe(
      'BLT (its first line) or CSV (a heading)',
    );
    expect(plainWords('CSV (quoted): 3 ballots')).toBe('CSV (quoted): 3 ballots');
  });
});
