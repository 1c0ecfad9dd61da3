import { phrase, type Phrase, type Values } from '@elekto/words/phrase';
import type { Lang } from './languages.ts';

/** Puts values into `{name}` places, as `phrase` does. */
export function fill(text: string, values: Values, lang: Lang = 'en'): string {
  return phrase(text, values, lang);
}

/** The form of a text for a number, with `{n}` filled in. */
export function plural(text: Phrase, n: number | bigint, lang: Lang, values: Values = {}): string {
  return phrase(text, { n, ...values }, lang);
}
