import { directSentence, nameOf, numeral, phrase } from '@elekto/words';
import type { Lang, Names, Values } from '@elekto/words';
import type { Outcome } from '@elekto/tally';
import { PICTURE_TEXTS } from './texts.ts';

export type PictureLang = Lang;

/** Puts values into `{name}` places. */
export const put = (text: string, values: Values, lang: PictureLang): string => phrase(text, values, lang);

/** `+12`, `−3`, `0`, with a real minus sign. */
export function signed(difference: bigint | number, lang: PictureLang): string {
  if (difference === 0 || difference === 0n) return '0';
  const size = numeral(difference < 0 ? -difference : difference, lang);
  return difference < 0 ? `−${size}` : `+${size}`;
}

/** What the ballots say about two candidates, in a sentence or two, from the side of `a`. */
export function cellSentence(
  outcome: Outcome,
  a: string,
  b: string,
  names: Names,
  lang: PictureLang,
): string {
  const t = PICTURE_TEXTS[lang];
  const x = outcome.pairwise[a]?.[b] ?? 0;
  const y = outcome.pairwise[b]?.[a] ?? 0;
  const [A, B] = [nameOf(names, a), nameOf(names, b)];
  if (Number(x) === 0 && Number(y) === 0) return put(t.nobodyCompares, { a: A, b: B }, lang);
  return directSentence([A, x], [B, y], lang);
}

/** Candidates in the order of the result; tied ones by name. */
export function inResultOrder(outcome: Outcome, names: Names): string[] {
  return outcome.places.flatMap((place) =>
    [...place.candidates].sort((a, b) => nameOf(names, a).localeCompare(nameOf(names, b))),
  );
}

/** How many candidates a pairwise picture shows; the pairs grow with the square. */
export const MOST_IN_PICTURE = 20;

/** The address part of a pair: one for both directions, the better placed candidate first. */
export function pairAnchor(order: readonly string[], a: string, b: string): string {
  const [first, second] = order.indexOf(a) < order.indexOf(b) ? [a, b] : [b, a];
  return `pair-${anchor(first)}-${anchor(second)}`;
}

/** A part of an address or an `id` attribute for a candidate id. */
export function anchor(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, (c) => `.${c.codePointAt(0)!.toString(16)}`);
}
