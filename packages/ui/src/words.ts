import { nameCandidates } from '@elekto/tally';
import type { Count, Outcome, PairExplanation } from '@elekto/tally';
import { PICTURE_TEXTS } from './texts.ts';

export type PictureLang = keyof typeof PICTURE_TEXTS;

/** Candidate id to the name people know; ids without an entry are shown as they are. */
export type Names = Readonly<Record<string, string>>;

export const nameOf = (names: Names, id: string): string =>
  Object.hasOwn(names, id) ? (names[id] ?? id) : id;

/** A sentence of the count (a step, round, warning or reason) with names in the place of `ids`. */
export const withNames = (text: string, ids: readonly string[], names: Names): string =>
  nameCandidates(text, ids, (id) => nameOf(names, id));

/** Puts values into `{name}` places. */
export function put(
  text: string,
  values: Readonly<Record<string, string | Count>>,
  lang: PictureLang,
): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : (value ?? 0).toLocaleString(lang);
  });
}

/** `Ada, Grace and Linus` */
export function listOf(names: readonly string[], lang: PictureLang): string {
  return new Intl.ListFormat(lang === 'en' ? 'en-GB' : lang, { type: 'conjunction' }).format(names);
}

/** `+12`, `−3`, `0`, with a real minus sign. */
export function signed(difference: bigint | number, lang: PictureLang): string {
  if (difference === 0 || difference === 0n) return '0';
  const size = (difference < 0 ? -difference : difference).toLocaleString(lang);
  return difference < 0 ? `−${size}` : `+${size}`;
}

/** What the ballots say about two candidates, in a sentence or two, from the side of `a`. */
export function pairSentence(
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
  if (x === y) return put(t.even, { a: A, b: B, x }, lang);
  return x > y ? put(t.over, { a: A, b: B, x, y }, lang) : put(t.over, { a: B, b: A, x: y, y: x }, lang);
}

/** The whole answer to "why did one beat the other": the pair, and the path when it took one. */
export function pairReason(outcome: Outcome, pair: PairExplanation, names: Names, lang: PictureLang): string {
  const t = PICTURE_TEXTS[lang];
  const parts = [pairSentence(outcome, pair.first, pair.second, names, lang)];
  if (pair.decided && pair.path && pair.path.length > 2) {
    const path = pair.path.map((id) => nameOf(names, id)).join(' → ');
    parts.push(put(t.byPath, { a: nameOf(names, pair.first), b: nameOf(names, pair.second), path }, lang));
  }
  return parts.join(' ');
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
