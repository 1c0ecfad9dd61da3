/** What a person is told of where they stand, and where the next step leads: the same words on every page. */
import type { LinksEnd, NextStep, Stand } from '@elekto/protocol/stand';
import { fill } from '../texts/fill.ts';
import type { Lang } from '../texts/languages.ts';
import type { standEn } from '../texts/stand/en.ts';
import { inWords } from '../time.ts';

export type StandTexts = typeof standEn;

/** By what casting goes by, ms. */
export interface StandDates {
  readonly opensAt: number;
  readonly closesAt: number;
  readonly exceptionsDueAt: number;
}

export function standWords(
  { kind }: Pick<Stand, 'kind'>,
  dates: StandDates,
  texts: StandTexts,
  lang: Lang,
): { readonly title: string; readonly text: string } {
  const { title, text } = texts.kinds[kind];
  const opens = inWords(dates.opensAt, lang);
  const closes = inWords(dates.closesAt, lang);
  return { title, text: fill(text, { opens, closes, due: inWords(dates.exceptionsDueAt, lang) }) };
}

/** Until when a passphrase leads to its ballot; null where no end is set. */
export function linksWords(links: LinksEnd, texts: StandTexts, lang: Lang): string | null {
  if (links.kind === 'kept') return null;
  if (links.kind === 'count' || links.kind === 'close') return texts.links[links.kind];
  return fill(texts.links[links.kind], {
    when: inWords(links.kind === 'at' ? links.at : links.earliest, lang),
  });
}

/** Where a next step leads. `base` is the start of every address in the language, `/` or `/de/`. */
export function nextAddress(next: NextStep, base: string, key: string): string {
  const election = `${base}elections/${key}/`;
  switch (next) {
    case 'vote':
    case 'look':
      return `${election}ballot/`;
    case 'ask':
    case 'request':
    case 'reply':
      return `${election}exception/`;
    case 'officers':
      return `${election}#officers`;
    case 'find':
    case 'receipt':
      return `${base}find-my-ballot/?election=${encodeURIComponent(key)}`;
    case 'results':
      return `${election}results/`;
  }
}
