import type { Strength } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { numeral } from '../phrase.ts';

/** Exact votes ("12" or "25/3") for people: whole ones as they are, fractions with two decimals, halves up. */
export function votesIn(votes: string, lang: Lang): string {
  const [over = '0', under] = votes.split('/');
  if (under === undefined) return numeral(BigInt(over), lang);
  const hundredths = (200n * BigInt(over) + BigInt(under)) / (2n * BigInt(under));
  const part = Number(hundredths % 100n) / 100;
  const decimals = part.toLocaleString(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return numeral(hundredths / 100n, lang) + decimals.slice(1);
}

/** A score as `votesIn` writes votes; it may be negative where it is a whole number. */
export const scoreIn = (score: string, lang: Lang): string =>
  score.includes('/') ? votesIn(score, lang) : numeral(BigInt(score), lang);

/** The strength of a link or path as it stands: "12", "5:2"; none is 0. */
export function strengthIn(strength: Strength, lang: Lang): string {
  return typeof strength === 'string' ? strength : numeral(strength ?? 0, lang);
}
