import { describe, expect, it } from 'vitest';
import { fill, LANGS, plural, textsOf } from './index.ts';

/** The topics of the catalogue of words, which has tests of its own. */
const FROM_WORDS: ReadonlySet<string> = new Set(['.checks', '.methods', '.refusals', '.turnout']);

/** Every text of the pages alone by its path. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([name, inner]) =>
    FROM_WORDS.has(`${path}.${name}`) ? [] : leaves(inner, `${path}.${name}`),
  );
}
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const english = leaves(textsOf('en'));

describe('the catalogue', () => {
  it.each(LANGS)('has every text in %s, none empty, with the same places to fill', (lang) => {
    const other = new Map(leaves(textsOf(lang)));
    expect([...other.keys()]).toEqual(english.map(([path]) => path));
    for (const [path, text] of english) {
      expect(other.get(path), path).not.toBe('');
      expect([...new Set(places(other.get(path) ?? ''))], path).toEqual([...new Set(places(text))]);
    }
  });

  it.each(LANGS)('has one word in %s for who gets no place', (lang) => {
    const others = leaves(textsOf(lang)).filter(([, text]) => /no opinion|keine Meinung/i.test(text));
    expect(others).toEqual([]);
  });

  it.each([
    ['en', /\bkeys?\b/i, /(?:hold|keeps) the key\b|^Key to the ballots$/],
    [
      'de',
      /(?<!ent)Schlüssel/i,
      /den Schlüssel (?:gemeinsam )?hat|^(?:Den )?Schlüssel zu (?:den|diesen) Stimmzetteln/,
    ],
  ] as const)('means by a key in %s only the one to the ballots', (lang, key, ofBallots) => {
    const said = leaves(textsOf(lang)).filter(([, text]) => key.test(text));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter(([, text]) => !ofBallots.test(text))).toEqual([]);
  });

  it('does not mistake keeping for holding back in German', () => {
    const wrong = /Behalten Sie (?:den Schlüssel|die Passphrase)|Gleich wie oben|gehen an die nächste Wahl/;
    expect(leaves(textsOf('de')).filter(([, text]) => wrong.test(text))).toEqual([]);
    expect(textsOf('de').ballot.keepKeyTitle).toMatch(/^Bewahren Sie .* auf$/);
  });

  it('is translated: no sentence of more than three words is the same in both languages', () => {
    const german = new Map(leaves(textsOf('de')));
    const same = english.filter(([path, text]) => text.split(' ').length > 3 && german.get(path) === text);
    expect(same).toEqual([]);
  });
});

describe('filling in', () => {
  it('writes numbers the way of the language and chooses the form', () => {
    expect(fill('{n} votes', { n: 12345 }, 'de')).toBe('12.345 votes');
    expect(plural(textsOf('en').home.seats, 1, 'en')).toBe('1 seat');
    expect(plural(textsOf('de').home.seats, 3, 'de')).toBe('3 Sitze');
  });

  it('refuses to leave a place empty', () => {
    expect(() => fill('Hello {name}', {})).toThrow(/name/);
  });
});
