import type { Candidate, CandidateId, HouseRules } from '../model.ts';
import { trimInvisible } from '../text.ts';

type WithFields = Pick<Candidate, 'fields'>;

/**
 * The form in which field names and values are compared: compatibility forms (NFKC), invisible characters
 * left out, white space as single blanks, no difference of case (full folding: `ß` is `ss`). Idempotent.
 * The same on every machine: no locale has a say.
 */
export function foldFieldValue(text: string): string {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  // Through upper case, which takes `ß` apart and gives both sigmas one form; first lower, for the capital `ẞ`.
  const folded = plain.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  return folded.split(/\s+/u).filter(Boolean).join(' ');
}

/**
 * What a candidate says in the field `name`, as it is shown: edges trimmed, white space as single blanks,
 * otherwise as written. Names are compared by `foldFieldValue`; of a field given twice, the first that says
 * something counts. Null when the candidate has no such field, or a blank one.
 */
export function fieldValue(candidate: WithFields, name: string): string | null {
  const wanted = foldFieldValue(name);
  for (const field of candidate.fields) {
    if (foldFieldValue(field.name) !== wanted || foldFieldValue(field.value) === '') continue;
    return trimInvisible(field.value).split(/\s+/u).join(' ');
  }
  return null;
}

/**
 * Each candidate's value of a limited field, by id; whoever gives none is missing and never limited. Values that
 * differ only in spelling are one, written as the first of `candidates` writes it: equal strings share
 * the seats, and the string is what is shown. The only answer to "who shares a value?": the manifest, the
 * linter, pages and `elekto tally` all ask here.
 */
export function limitValues(
  candidates: readonly (WithFields & Pick<Candidate, 'id'>)[],
  field: string,
): Readonly<Record<CandidateId, string>> {
  const spellings = new Map<string, string>();
  const values: [CandidateId, string][] = [];
  for (const candidate of candidates) {
    const value = fieldValue(candidate, field);
    if (value === null) continue;
    const folded = foldFieldValue(value);
    const shown = spellings.get(folded) ?? value;
    spellings.set(folded, shown);
    values.push([candidate.id, shown]);
  }
  return Object.fromEntries(values);
}

/** As `limitValues`, for groups that have seats of their own: each member's group, written as the rule writes it. */
export function groupValues(
  candidates: readonly (WithFields & Pick<Candidate, 'id'>)[],
  { field, seats }: NonNullable<HouseRules['groups']>,
): Readonly<Record<CandidateId, string>> {
  const groups = new Map(Object.keys(seats).map((value) => [foldFieldValue(value), value]));
  return Object.fromEntries(
    candidates.flatMap((candidate) => {
      const group = groups.get(foldFieldValue(fieldValue(candidate, field) ?? ''));
      return group === undefined ? [] : [[candidate.id, group]];
    }),
  );
}
