import { describe, expect, it } from 'vitest';
import { splitLinks } from './split-links.ts';

const links = (text: string): string[] =>
  splitLinks(text).flatMap(({ part, isLink }) => (isLink ? [part] : []));

describe('links in what a person wrote', () => {
  it('are https addresses, without the punctuation behind them', () => {
    expect(links('See https://github.com/a/b/pull/7, and (https://example.org/x).')).toEqual([
      'https://github.com/a/b/pull/7',
      'https://example.org/x',
    ]);
  });

  it('are nothing else', () => {
    for (const text of [
      'http://example.org',
      'javascript:alert(1)',
      'https://',
      'https://github.com@evil.example/',
      'file:///etc/passwd',
    ])
      expect(links(text), text).toEqual([]);
  });

  it('lose nothing of the text', () => {
    const text = 'a https://example.org/1. b\nhttps://x@y c https://example.org/2';
    expect(
      splitLinks(text)
        .map(({ part }) => part)
        .join(''),
    ).toBe(text);
  });
});
