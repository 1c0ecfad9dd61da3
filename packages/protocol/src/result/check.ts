import type { ManifestProblem } from '../manifest/manifest-schema.ts';

/** The checks, in the order they are made; those of a board's files only where officers opened the ballots. */
export const CHECKS = [
  'format',
  'repository',
  'files',
  'ceremony',
  'box',
  'branch',
  'mix',
  'decryption',
  'combination',
  'board',
  'signature',
  'manifest',
  'ballots',
  'count',
  'root',
  'pairwise',
  'recount',
  'ties',
  'receipt',
  'tracker',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** What a check found, by permanent kind. What it means to people stands in the catalogue of words. */
export type CheckCode =
  | 'readable'
  | 'results-format'
  | `${'results' | 'receipt'}-${'no-json' | 'fields' | 'field'}`
  | 'signed-known'
  | 'signed-demanded'
  | 'signed-unknown'
  | 'wrong-signature'
  | 'other-key'
  | 'manifest-kept'
  | 'manifest-hash'
  | ManifestProblem
  | 'other-election'
  | 'other-folder'
  | 'other-commit'
  | 'struck-stranger'
  | 'ballots-readable'
  | 'ballots-header'
  | 'ballots-columns'
  | 'ballots-unended'
  | 'ballots-row'
  | 'all-there'
  | 'number-listed'
  | 'other-number'
  | 'more-than-eligible'
  | 'more-invalid-than-cast'
  | `${'trackers' | 'records'}-${'unexpected' | 'length' | 'order'}`
  | 'same-ballots'
  | 'other-ballots'
  | 'same-pairs'
  | 'other-pairs'
  | 'same-outcome'
  | 'same-outcome-nobody'
  | 'other-outcome'
  | 'decision-unused'
  | 'receipt-counted'
  | 'receipt-other-election'
  | 'receipt-voided'
  | 'receipt-none'
  | 'receipt-other-server'
  | 'receipt-not-counted'
  | 'receipt-board'
  | 'receipt-boxed'
  | 'receipt-withdrawn'
  | 'receipt-replaced'
  | 'receipt-replaced-gone'
  | 'receipt-dropped'
  | 'receipt-unanswered'
  | 'no-board'
  | `board-${'files' | 'order' | 'missing' | 'changed' | 'misnamed' | 'unlisted' | 'refused' | 'cast' | 'invalid' | 'rows'}`
  | `repository-${'same' | 'differs'}`
  | 'ceremony-made'
  | `officers-${'named' | 'differ'}`
  | 'box-proven'
  | 'box-on-branch'
  | 'box-not-on-branch'
  | 'two-boxes'
  | 'mixed'
  | 'decrypted'
  | 'combined'
  | 'ties-none'
  | 'ties-signed'
  | `tie-${'differs' | 'unlisted'}`
  | 'tracker-found'
  | 'tracker-listed'
  | 'tracker-unknown';

/** What a finding speaks of, by the names that its sentence has for them. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/** One thing that was checked, and what was found. */
export interface Check {
  readonly name: CheckName;
  readonly ok: boolean;
  readonly code: CheckCode;
  readonly facts: Facts;
}

export const checked = (name: CheckName, ok: boolean, code: CheckCode, facts: Facts = {}): Check => ({
  name,
  ok,
  code,
  facts,
});
