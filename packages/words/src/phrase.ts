import { LOCALES } from './languages.ts';
import type { Lang } from './languages.ts';

export { LANGS, LOCALES } from './languages.ts';
export { dayUtc, momentUtc } from './moment.ts';
export type { Lang } from './languages.ts';

/** A text with `{places}`, or one for each plural form that a language has; `{n}` chooses among them. */
export type Phrase = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string });

/** What may be put into a place: text as it is, a number the language's way, a list joined by its "and". */
export type Value = string | number | bigint | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/**
 * A phrase with its values put in. Values are never read as phrases.
 * @throws Error for a place without a value and for plural forms without a number `n`: a mistake in the code.
 */
export function phrase(text: Phrase, values: Values, lang: Lang): string {
  return formOf(text, values, lang).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined)
      throw new Error(`The text ${JSON.stringify(text)} has a place {${name}} that was given no value`);
    return shown(value, lang);
  });
}

function formOf(text: Phrase, { n }: Values, lang: Lang): string {
  if (typeof text === 'string') return text;
  if (typeof n !== 'number' && typeof n !== 'bigint')
    throw new Error(`The text ${JSON.stringify(text)} has plural forms and was given no number n`);
  return text[pluralOf(lang, Number(n))] ?? text.other;
}

function shown(value: Value, lang: Lang): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return list(value, lang);
  return numeral(value, lang);
}

/** A whole number for people ("1,234"). */
export const numeral = (value: number | bigint, lang: Lang): string => numbers(lang).format(value);

/** "Ada, Grace and Linus". */
export function list(items: readonly string[], lang: Lang): string {
  return lists(lang).format(items);
}

/** Made once a language: making one costs as much as a hundred uses. */
function once<T>(make: (lang: Lang) => T): (lang: Lang) => T {
  const made = new Map<Lang, T>();
  return (lang) => {
    const known = made.get(lang) ?? make(lang);
    made.set(lang, known);
    return known;
  };
}

const pluralRules = once((lang) => new Intl.PluralRules(lang));
const smallPlurals = once(() => [] as Intl.LDMLPluralRule[]);

/** Asking takes longer than all else of a phrase, and pages count by the same small numbers again and again. */
function pluralOf(lang: Lang, n: number): Intl.LDMLPluralRule {
  if (!Number.isInteger(n) || n < 0 || n >= 1000) return pluralRules(lang).select(n);
  const known = smallPlurals(lang);
  return (known[n] ??= pluralRules(lang).select(n));
}
const numbers = once((lang) => new Intl.NumberFormat(lang));
const lists = once((lang) => new Intl.ListFormat(LOCALES[lang], { type: 'conjunction' }));
