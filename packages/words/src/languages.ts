/** The languages of the catalogue. */
export const LANGS = ['en', 'de'] as const;
export type Lang = (typeof LANGS)[number];

/** The locale by which lists are joined, the same on every face: "A, B and C" has no comma before "and". */
export const LOCALES: Readonly<Record<Lang, string>> = { en: 'en-GB', de: 'de' };
