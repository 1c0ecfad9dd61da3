import { describe, expect, it } from 'vitest';
import { linkInRepository } from './repository-link.ts';

const from = (href: string) => {
  const link = linkInRepository(href, 'elections/x/candidate-a.md');
  return link && link.path + link.fragment;
};

describe('a link of a file leads', () => {
  it.each([
    ['ballots.csv', 'elections/x/ballots.csv'],
    ['./ballots.csv', 'elections/x/ballots.csv'],
    ['../../README.md', 'README.md'],
    ['../y/', 'elections/y'],
    ['.', 'elections/x'],
    ['/docs/a.md#part', 'docs/a.md#part'],
    ['a%20b.md?raw=true', 'elections/x/a b.md'],
    ['../../', ''],
  ])('by %j to %j of the repository', (href, path) => {
    expect(from(href)).toBe(path);
  });

  it.each([
    'https://example.org',
    'mailto:a@b',
    '//example.org/x',
    '#part',
    '../../../x',
    '%E0%A4%A',
    'a%00b',
    '..\\x',
    '',
  ])('by %j nowhere in it', (href) => {
    expect(from(href)).toBeNull();
  });
});
