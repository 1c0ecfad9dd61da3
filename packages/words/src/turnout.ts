import type { Count } from '@elekto/tally';

import type { Lang } from './languages.ts';
import { say } from './say.ts';

/** The share of the roll that cast a ballot, in percent; null where the roll is empty. */
export const turnoutPercent = (cast: Count, eligible: number): number | null =>
  eligible === 0 ? null : (100 * Number(cast)) / eligible;

/** A share in percent, with one decimal ("37.5%"). */
export const percentWords = (percent: number, lang: Lang): string =>
  (percent / 100).toLocaleString(lang, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

/** The share of the roll that cast a ballot, in words; null where the roll is empty, or nothing may be told. */
export function turnoutShare(cast: Count | null, eligible: number, lang: Lang): string | null {
  const percent = cast === null ? null : turnoutPercent(cast, eligible);
  return percent === null ? null : percentWords(percent, lang);
}

/** How many of the roll cast a ballot, in a sentence. */
export function turnoutSentence(cast: Count, eligible: number, lang: Lang): string {
  const share = turnoutShare(cast, eligible, lang);
  return share === null
    ? say(lang, 'turnout', 'nobody-eligible', { n: cast })
    : say(lang, 'turnout', 'sentence', { cast, n: eligible, share });
}
