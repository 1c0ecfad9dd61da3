import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { safeNextPath } from './next-path.ts';

describe('safeNextPath', () => {
  it.each(['/', '/elections/a---b/ballot/', '/x?y=1#z', '/%E2%9C%93/'])('keeps %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    ' /x',
    'x',
    '',
    undefined,
    ['/a', '/b'],
    `/${'a'.repeat(3000)}`,
  ])('sends %j home', (value) => {
    expect(safeNextPath(value)).toBe('/');
  });

  it('leads back to the further origins of our pages, and to nobody like them', () => {
    const ours = ['https://elections.example.org'];
    expect(safeNextPath('https://elections.example.org/de/?a=1#b', ours)).toBe(
      'https://elections.example.org/de/?a=1#b',
    );
    for (const other of [
      'https://elections.example.org.evil.example/',
      'https://elections.example.org@evil.example/',
      'http://elections.example.org/',
      'https://elections.example.org:8443/',
      'https:elections.example.org//evil.example',
    ])
      expect(safeNextPath(other, ours), other).not.toMatch(/evil|8443|^http:/);
    expect(safeNextPath('https://elections.example.org/x')).toBe('/');
  });

  it('never leaves the origin, whatever it is given', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      'evil.example',
      '%2f',
      '%5c',
      '\t',
      '\r',
      '?',
      '#',
      'http',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = safeNextPath(pieces.join(''));
        expect(new URL(path, 'https://vote.example.org').origin).toBe('https://vote.example.org');
      }),
    );
  });
});
