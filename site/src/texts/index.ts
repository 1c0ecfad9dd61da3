/**
 * The texts of the pages: what only they say, one object per language with the same shape, and the topics
 * that other faces say, too, from the catalogue of words. Plain data, so that a page can hand its share to an
 * island.
 */
import { catalogueOf, type Catalogue, type RefusalWords } from '@elekto/words';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Lang } from './languages.ts';

type Own = typeof en;

export interface Texts extends Own, Pick<Catalogue, 'checks' | 'methods' | 'turnout'> {
  readonly refusals: Readonly<Record<keyof Catalogue['refusals'], RefusalWords>>;
}

const OWN: Record<Lang, Own> = { en, de };

const whole = new Map<Lang, Texts>();

/** All texts of a language, put together once: every part of every page asks. */
export function textsOf(lang: Lang): Texts {
  let texts = whole.get(lang);
  if (texts === undefined) {
    const { checks, methods, turnout, refusals } = catalogueOf(lang);
    texts = { ...OWN[lang], checks, methods, turnout, refusals: forVoters(refusals) };
    whole.set(lang, texts);
  }
  return texts;
}

/** Without what only officers are told. */
function forVoters(refusals: Catalogue['refusals']): Texts['refusals'] {
  const entries = Object.entries(refusals).map(([kind, { title, help }]) => [kind, { title, help }]);
  return Object.fromEntries(entries) as Texts['refusals'];
}

export { LANG_NAMES, LANGS, type Lang } from './languages.ts';
export { fill, plural } from './fill.ts';
