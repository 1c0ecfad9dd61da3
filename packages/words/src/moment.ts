import type { Instant } from '@elekto/election';

import { LANGS, LOCALES } from './languages.ts';
import type { Lang } from './languages.ts';

const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;

const formats = new Map(
  LANGS.map((lang) => [
    lang,
    {
      day: new Intl.DateTimeFormat(LOCALES[lang], DAY),
      clock: new Intl.DateTimeFormat(LOCALES[lang], CLOCK),
    },
  ]),
);

/** "Friday 27 September 2024, 23:59 UTC", "Freitag, 27. September 2024, 23:59 UTC". */
export function momentUtc(at: Instant, lang: Lang): string {
  const format = formats.get(lang);
  const day = format?.day.format(at);
  // Browsers do not agree on the comma of English.
  return `${lang === 'en' ? day?.replace(',', '') : day}, ${format?.clock.format(at)} UTC`;
}
