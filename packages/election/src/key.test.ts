import { describe, expect, it } from 'vitest';
import { folderToKey } from './key.ts';

describe('keys', () => {
  it('write the folder with --- for each slash', () => {
    expect(folderToKey('steering/2025')).toBe('steering---2025');
    expect(folderToKey('2025-STC')).toBe('2025-STC');
    expect(folderToKey('Wählen & Ämter')).toBe('Wählen & Ämter');
  });

  it.each([
    '',
    '.',
    '..',
    'a/..',
    '../a',
    'a//b',
    '/a',
    'a/',
    '.git',
    'a/.b',
    'a\u0000b',
    'a\nb',
    'a\\b',
    'a---..',
    'x'.repeat(500),
  ])('are refused for the folder %j', (folder) => {
    expect(folderToKey(folder)).toBeNull();
  });
});
