/** The languages of the pages, and the two forms a text may have for a number. */
export type Lang = 'en' | 'de';

export interface Plural {
  readonly one: string;
  readonly other: string;
}

export const LANGS: readonly Lang[] = ['en', 'de'];
/** Each language by its own name. */
export const LANG_NAMES: Record<Lang, string> = { en: 'English', de: 'Deutsch' };
