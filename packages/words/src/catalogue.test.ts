import { describe, expect, it } from 'vitest';

import { catalogueOf } from './catalogue.ts';
import { LANGS } from './languages.ts';
import type { Lang } from './languages.ts';

/** Every text by its path; the forms of a plural stand under `#`. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}

const isPlural = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'other');

/** Every text that has forms for numbers, by its path. */
function plurals(value: unknown, path = ''): [string, Record<string, string>][] {
  if (isPlural(value)) return [[path, value]];
  if (typeof value !== 'object') return [];
  return Object.entries(value as object).flatMap(([name, inner]) => plurals(inner, `${path}.${name}`));
}

const codes = (lang: Lang): string[] =>
  [
    ...new Set(
      leaves(catalogueOf(lang)).map(([path]) => path.replace(/\.(zero|one|two|few|many|other)$/, '')),
    ),
  ].sort();
const places = (texts: readonly string[]): string[] =>
  [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string))),
  ].sort();
const byCode = (lang: Lang): Map<string, string[]> => {
  const texts = new Map<string, string[]>();
  for (const [path, text] of leaves(catalogueOf(lang))) {
    const code = path.replace(/\.(zero|one|two|few|many|other)$/, '');
    texts.set(code, [...(texts.get(code) ?? []), text]);
  }
  return texts;
};

describe.each(LANGS)('the catalogue in %s', (lang) => {
  it('has every code of English, none empty, with the same places to fill', () => {
    expect(codes(lang)).toEqual(codes('en'));
    const english = byCode('en');
    for (const [code, texts] of byCode(lang)) {
      expect(texts, code).not.toContain('');
      // German says "ein Sitz" where English says "{n} seat": the number may be left out.
      const but = (all: readonly string[]): string[] => places(all).filter((name) => name !== 'n');
      expect(but(texts), code).toEqual(but(english.get(code) ?? []));
    }
  });

  it('has one word for who gets no place', () => {
    expect(leaves(catalogueOf(lang)).filter(([, text]) => /no opinion|keine Meinung/i.test(text))).toEqual(
      [],
    );
  });

  it('has all forms of numbers that the language knows', () => {
    const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.toSorted();
    for (const [path, text] of plurals(catalogueOf(lang)))
      expect(Object.keys(text).sort(), path).toEqual(forms);
  });
});

describe('the catalogue', () => {
  it('is translated: no sentence of more than three words is the same in both languages', () => {
    const german = new Map(leaves(catalogueOf('de')));
    const same = leaves(catalogueOf('en')).filter(
      ([path, text]) => text.split(' ').length > 3 && german.get(path) === text,
    );
    expect(same.map(([path]) => path)).toEqual(['.report.options']);
  });
});
