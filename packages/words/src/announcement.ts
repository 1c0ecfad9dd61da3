/** What an organisation tells its people of an election: at its opening, before and at its end, and with the result. */
import type { Instant } from '@elekto/election';

import type { Lang } from './languages.ts';
import { momentUtc } from './moment.ts';
import { list } from './phrase.ts';
import { say } from './say.ts';
import { turnoutSentence } from './turnout.ts';

export type AnnouncementCode = 'opening' | 'reminder' | 'closing' | 'result';

/** What is told of an election: nothing in it is about a voter. */
export interface AnnouncedElection {
  readonly name: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly exceptionsDueAt: Instant;
  readonly seats: number;
  readonly candidates: number;
  /** Where anybody reads about it and votes. */
  readonly url: string;
  /** Names of those elected, where an agreed result says who; null otherwise. */
  readonly elected: readonly string[] | null;
  /** Null where it is not told. */
  readonly turnout: { readonly cast: number; readonly eligible: number } | null;
}

/** How text that people wrote is put where it goes: as it is, whatever markup it would be there. */
export interface Marks {
  readonly plain: (text: string) => string;
  /** Given what `plain` has made of it. */
  readonly strong: (text: string) => string;
}

export interface Announced {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** The words of one announcement. `named`: so many of those elected at most, where the place has no room for all. */
export function announce(
  code: AnnouncementCode,
  election: AnnouncedElection,
  { plain, strong }: Marks,
  lang: Lang,
  named = Number.MAX_SAFE_INTEGER,
): Announced {
  const { opensAt, closesAt, exceptionsDueAt, seats, candidates, url } = election;
  const name = plain(election.name);
  const closes = strong(momentUtc(closesAt, lang));
  const paragraphs = {
    opening: () => [
      say(lang, 'announce', 'opening', {
        name: strong(name),
        closes,
        seats: say(lang, 'announce', 'seats', { n: seats }),
        candidates: say(lang, 'announce', 'candidates', { n: candidates }),
      }),
      say(lang, 'announce', 'opening-where', { url }),
      ...(exceptionsDueAt > opensAt
        ? [say(lang, 'announce', 'requests', { due: momentUtc(exceptionsDueAt, lang) })]
        : []),
    ],
    reminder: () => [
      say(lang, 'announce', 'reminder', { name: strong(name), closes }),
      say(lang, 'announce', 'reminder-where', { url }),
      say(lang, 'announce', 'reminder-change'),
    ],
    closing: () => [
      say(lang, 'announce', 'closing', { name: strong(name), closes }),
      say(lang, 'announce', 'closing-where', { url }),
    ],
    result: () => [
      ...electedSentence(election.elected, named, { plain, strong }, lang),
      ...(election.turnout === null
        ? []
        : [turnoutSentence(election.turnout.cast, election.turnout.eligible, lang)]),
      // Where no result says who, the officers have published their own words alone.
      say(lang, 'announce', election.elected === null ? 'report-where' : 'result-where', { url }),
    ],
  }[code]();
  return { title: say(lang, 'announce', `${code}-title`, { name }), paragraphs };
}

function electedSentence(
  elected: readonly string[] | null,
  named: number,
  { plain, strong }: Marks,
  lang: Lang,
): string[] {
  if (elected === null) return [];
  const n = elected.length;
  if (n === 0) return [strong(say(lang, 'announce', 'nobody'))];
  if (named === 0) return [strong(say(lang, 'announce', 'elected-count', { n }))];
  const names = elected.slice(0, named).map(plain);
  return [
    strong(
      n > named
        ? say(lang, 'announce', 'elected-some', { n: n - named, names: names.join(', ') })
        : say(lang, 'announce', 'elected', { n, names: list(names, lang) }),
    ),
  ];
}
