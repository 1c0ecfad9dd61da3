import { nearestWord } from '../nearest.ts';
import type { Place } from '../report.ts';
import { quoted, trimInvisible } from '../text.ts';
import { isNothing, type YamlEntry, type YamlNode } from '../yaml/tree.ts';
import type { Fields } from './fields.ts';

/** A rule that is given and wrong; null is one that is not given. */
export const WRONG = Symbol('wrong');
export type Reading<T> = T | null | typeof WRONG;

export function wrong(fields: Fields, code: string, place: Place, what: string, hint: string): typeof WRONG {
  fields.report.error(code, place, what, hint);
  return WRONG;
}

/** The entries of a map by their names; others are told. */
export function innerOf(
  fields: Fields,
  key: string,
  { value }: { readonly value: YamlNode },
  names: readonly string[],
): ReadonlyMap<string, YamlEntry> {
  const found = new Map<string, YamlEntry>();
  for (const each of value.kind === 'map' ? value.entries : []) {
    const name = each.key.trim().toLowerCase();
    if (names.includes(name)) {
      if (!isNothing(each.value)) found.set(name, each);
    } else unknownIn(fields, key, each, names);
  }
  return found;
}

/** A word below `key` that is none of `names`. */
export function unknownIn(fields: Fields, key: string, entry: YamlEntry, names: readonly string[]): void {
  const near = nearestWord(entry.key, names);
  fields.report.warning(
    near === null ? 'field-unknown' : 'field-misspelled',
    entry.place,
    `"${key}" has no ${quoted(entry.key)}.`,
    near === null ? 'Remove it.' : `Did you mean "${near}"?`,
  );
}

export const textOf = (entry: YamlEntry | undefined): string =>
  entry?.value.kind === 'scalar' ? trimInvisible(entry.value.text) : '';

export const wholeIn = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);
