import type { RefusalKind } from '@elekto/protocol/refusal';

import { catalogueOf } from './catalogue.ts';
import type { Catalogue, RefusalTexts } from './catalogue.ts';
import type { Lang } from './languages.ts';

/** The kinds that have words: those of the ballot box, of the API, and what can happen on the way. */
export type RefusalCode = keyof Catalogue['refusals'];

export type RefusalWords = Pick<RefusalTexts, 'title' | 'help'>;

/** The catalogue by kind; the compiler sees here that every kind of the ballot box has words. */
const refusalsIn = (lang: Lang): Readonly<Record<RefusalKind | RefusalCode, RefusalTexts>> =>
  catalogueOf(lang).refusals;

/** What was refused and what to do next, for a voter or for an election officer; null for an unknown kind. */
export function refusalWords(kind: string, lang: Lang, reader: 'voter' | 'officer'): RefusalWords | null {
  const texts = refusalsIn(lang);
  if (!Object.hasOwn(texts, kind)) return null;
  const { title, help, officer = help } = texts[kind as RefusalCode];
  return { title, help: reader === 'officer' ? officer : help };
}

/** A refusal in one or two sentences, where there is no room for a title. */
export function refusalSentence(kind: RefusalKind | RefusalCode, lang: Lang): string {
  const { title, help } = refusalsIn(lang)[kind];
  return `${title}. ${help}`;
}
