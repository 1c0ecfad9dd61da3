/**
 * The catalogue of texts: one object per language with the same shape, checked by the compiler.
 * Texts are plain JSON so that a page can hand its share to an island.
 */
import { de } from './de.ts';
import { en, type Texts } from './en.ts';
import type { Lang } from './languages.ts';

const CATALOGUE: Record<Lang, Texts> = { en, de };

export function textsOf(lang: Lang): Texts {
  return CATALOGUE[lang];
}

export { fill, plural } from './fill.ts';
export { LANG_NAMES, LANGS, type Lang, type Plural } from './languages.ts';
export type { Texts } from './en.ts';
