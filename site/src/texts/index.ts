/**
 * The catalogue of texts: one object per language with the same shape, checked by the compiler.
 * Texts are plain JSON so that a page can hand its share to an island.
 */
import { de } from './de.ts';
import { en } from './en.ts';

export type Texts = typeof en;
export type Lang = 'en' | 'de';
export interface Plural {
  readonly one: string;
  readonly other: string;
}

export const LANGS: readonly Lang[] = ['en', 'de'];
/** Each language by its own name. */
export const LANG_NAMES: Record<Lang, string> = { en: 'English', de: 'Deutsch' };

const CATALOGUE: Record<Lang, Texts> = { en, de };

export function textsOf(lang: Lang): Texts {
  return CATALOGUE[lang];
}

export { fill, plural } from './fill.ts';
