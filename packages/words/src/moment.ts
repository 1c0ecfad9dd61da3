import type { Instant } from '@elekto/election';

import { LOCALES } from './languages.ts';
import type { Lang } from './languages.ts';

const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const;

const made = new Map<string, Intl.DateTimeFormat>();

function format(lang: Lang, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${name}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(LOCALES[lang], options);
  made.set(key, known);
  return known;
}

/** "Friday, 27 September 2024", "Freitag, 27. September 2024", of the day in UTC. */
export const dayUtc = (at: Instant, lang: Lang): string =>
  // Browsers do not agree on the comma of English.
  format(lang, 'day', DAY)
    .format(at)
    .replace(/^(\p{L}+),? /u, '$1, ');

/** "Friday, 27 September 2024, 23:59 UTC", "Freitag, 27. September 2024, 23:59 UTC". */
export const momentUtc = (at: Instant, lang: Lang): string =>
  `${dayUtc(at, lang)}, ${format(lang, 'clock', CLOCK).format(at)} UTC`;
