/** Every field of election.yaml, Elekto's and ours. */
export const FIELD_NAMES = [
  'name',
  'organization',
  'start_datetime',
  'end_datetime',
  'no_winners',
  'allow_no_opinion',
  'delete_after',
  'show_candidate_fields',
  'election_officers',
  'eligibility',
  'exception_description',
  'exception_due',
  'method',
  'strength',
  'unranked',
  'secondary',
  'order',
  'receipts',
  'custody',
  'inspection_hours',
  'representation_limit',
  'quorum',
  'minimum_share',
  'none_of_the_above',
  'group_seats',
  'terms',
  'vacancies',
  'turnout',
  'body',
  'term',
  'approvals',
  'nominations',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Other spellings in use; read without a word. */
const SPELLINGS: Readonly<Record<string, FieldName>> = { exceptions_due: 'exception_due' };
/** Other spellings that deserve a word. */
const NEAR: Readonly<Record<string, FieldName>> = {
  organisation: 'organization',
  start_date: 'start_datetime',
  end_date: 'end_datetime',
  start: 'start_datetime',
  end: 'end_datetime',
  seats: 'no_winners',
  winners: 'no_winners',
  officers: 'election_officers',
  exceptions_description: 'exception_description',
};

const own = (table: Readonly<Record<string, FieldName>>, key: string): FieldName | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Which field a key means. `exact` is false when it is spelled differently; null when it means none of ours. */
export function fieldFor(key: string): { field: FieldName; exact: boolean } | null {
  const known = FIELD_NAMES.find((name) => name === key) ?? own(SPELLINGS, key);
  if (known) return { field: known, exact: true };
  const plain = key
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const folded = FIELD_NAMES.find((name) => name === plain) ?? own(SPELLINGS, plain) ?? own(NEAR, plain);
  return folded ? { field: folded, exact: false } : null;
}
