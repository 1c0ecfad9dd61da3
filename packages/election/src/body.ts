import { foldFieldValue } from './candidate/field-value.ts';
import type { Election } from './model.ts';

/** What names add to the name of a body: its year, and that this is an election. */
const YEAR = /(?<![\p{L}\p{N}])(?:19|20)\d\d(?:\s*[-/–]\s*(?:(?:19|20)?\d\d))?(?![\p{L}\p{N}])/gu;
const ELECTION = /(?<![\p{L}\p{N}])(?:elections?|wahl(?:en)?)(?![\p{L}\p{N}])/giu;
const EDGES = /^[\s,:;–—()-]+|[\s,:;–—(-]+$/gu;

export interface BodyName {
  readonly name: string;
  /** Whether `body:` says so; otherwise it was taken from the election's name. */
  readonly isNamed: boolean;
}

/**
 * The body that an election fills seats of: as `body:` names it, else the election's name without its year and the word
 * "election". Null where neither is there: a name without a year says nothing about other years.
 */
export function bodyOf({ name, body }: Pick<Election, 'name' | 'body'>): BodyName | null {
  if (body) return { name: body, isNamed: true };
  const without = name.replace(YEAR, ' ');
  if (without === name) return null;
  const plain = without
    .replace(ELECTION, ' ')
    .replace(/\(\s*\)/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(EDGES, '')
    .trim();
  return plain === '' ? null : { name: plain, isNamed: false };
}

/**
 * The part of an address that stands for a body: spellings of one body have the same, so that elections of one body are
 * those with the same one. Names beyond ASCII are told apart by their bytes, in hex after a `~`.
 */
export function bodySlug(name: string): string {
  const folded = foldFieldValue(name);
  const plain = folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (!/[^\p{ASCII}]/u.test(plain) && slug !== '') return slug.slice(0, 80);
  const hex = [...new TextEncoder().encode(folded)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `~${hex.join('').slice(0, 80)}`;
}
