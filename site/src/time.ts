/** Instants in words. Static pages always say UTC; the reader's own zone is added in the page. */
import type { Instant } from '@elekto/election';
import type { Lang } from './texts/index.ts';

const LOCALE: Record<Lang, string> = { en: 'en-GB', de: 'de-DE' };
const cache = new Map<string, Intl.DateTimeFormat>();

function format(lang: Lang, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${name}`;
  let made = cache.get(key);
  if (!made) cache.set(key, (made = new Intl.DateTimeFormat(LOCALE[lang], { timeZone: 'UTC', ...options })));
  return made;
}

export { dayUtc as dayInWords, momentUtc as inWords } from '@elekto/words/phrase';

/** `27 Sep 2026` */
export function shortDay(at: Instant, lang: Lang): string {
  return format(lang, 'short', { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** `2026-09-27T23:59:59Z`, for `datetime` attributes. */
export function iso(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

export function year(at: Instant): number {
  return new Date(at).getUTCFullYear();
}
