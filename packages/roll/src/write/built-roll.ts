import type { RuleCount } from './by-rule.ts';
import type { RollDifference } from './difference.ts';
import type { EvidenceRow } from './evidence.ts';

/** What is to be said of a roll that was built, against the one that was there before. */
export interface BuiltRoll {
  readonly voters: number;
  readonly rows: readonly EvidenceRow[];
  readonly rules: readonly RuleCount[];
  readonly repositories: number;
  readonly cloned: number;
  readonly unattributed: number;
  /** Against the roll that was there; null for the first one. */
  readonly difference: RollDifference | null;
  /** End of a window that is still to come; null when all have ended. */
  readonly openUntil: number | null;
}
