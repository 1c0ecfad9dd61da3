import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from 'vitest';
import { makePassphrase, normalisePassphrase } from './passphrase.ts';

describe('a generated passphrase', () => {
  it('is six words of a list of 2,048 different ones, 66 bits, and seven where officers keep the key', () => {
    expect(new Set(wordlist).size).toBe(2048);
    const words = makePassphrase({ suite: 1 }).split(' ');
    expect(words).toHaveLength(6);
    expect(makePassphrase({ suite: 2 }).split(' ')).toHaveLength(7);
    for (const word of words) expect(wordlist).toContain(word);
    expect(makePassphrase({ suite: 2 })).not.toBe(makePassphrase({ suite: 2 }));
  });

  it('uses every part of the list', () => {
    const used = new Set(
      Array.from({ length: 2000 }, () => makePassphrase({ suite: 1 })).flatMap((passphrase) =>
        passphrase.split(' '),
      ),
    );
    expect(used.size).toBeGreaterThan(2000);
  });
});

describe('a typed passphrase', () => {
  it('is the same whatever its capitals, spaces and Unicode form', () => {
    expect(normalisePassphrase('  Zoë\t GRÜN \n ﬁn ')).toBe('zoë grün fin');
    expect(normalisePassphrase('Zoe\u0308')).toBe(normalisePassphrase('ZOË'));
  });
});
