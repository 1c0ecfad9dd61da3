import { describe, expect, it } from 'vitest';
import { folderToKey, keyToFolders } from './key.ts';

describe('keys', () => {
  it('write the folder with --- for each slash', () => {
    expect(folderToKey('steering/2025')).toBe('steering---2025');
    expect(folderToKey('2025-STC')).toBe('2025-STC');
    expect(folderToKey('Wählen & Ämter')).toBe('Wählen & Ämter');
  });

  it('may be of several folders, and all of them are known', () => {
    expect(keyToFolders('steering')).toEqual(['steering']);
    const folders = keyToFolders('a---b---c') ?? [];
    expect(folders.toSorted()).toEqual(['a---b---c', 'a---b/c', 'a/b---c', 'a/b/c']);
    expect(folders.map(folderToKey)).toEqual(Array<string>(4).fill('a---b---c'));
    expect(keyToFolders(Array<string>(9).fill('x').join('---'))).toHaveLength(256);
    expect(keyToFolders(Array<string>(10).fill('x').join('---'))).toBe(null);
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
