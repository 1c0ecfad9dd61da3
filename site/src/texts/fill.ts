import type { Lang, Plural } from './languages.ts';

/** Puts values into `{name}` places; numbers are written the language's way. An unknown place is a mistake and throws. */
export function fill(
  text: string,
  values: Readonly<Record<string, string | number>>,
  lang: Lang = 'en',
): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`The text "${text}" has a place {${name}} that was given no value`);
    return typeof value === 'number' ? value.toLocaleString(lang) : value;
  });
}

const rules = new Map<Lang, Intl.PluralRules>();

/** The form of a text for a number, with `{n}` filled in. English and German know two forms. */
export function plural(
  text: Plural,
  n: number,
  lang: Lang,
  values: Readonly<Record<string, string | number>> = {},
): string {
  let rule = rules.get(lang);
  if (!rule) rules.set(lang, (rule = new Intl.PluralRules(lang)));
  return fill(rule.select(n) === 'one' ? text.one : text.other, { n, ...values }, lang);
}
