import type { CandidateId, CountingRule } from '@elekto/election';
import type { Manifest } from '../manifest/manifest.ts';

/** Everything that decides how ballots are counted: who stands, for how many seats, by which rule and limit. */
export interface Rule {
  /** In the order of the ranks of a counted ballot. */
  readonly candidates: readonly CandidateId[];
  readonly counting: CountingRule;
  readonly seats: number;
  /** At most `max` seats for each value; a candidate without a value is not limited. */
  readonly limit: {
    readonly field: string;
    readonly max: number;
    readonly values: Readonly<Record<CandidateId, string>>;
  } | null;
}

/** The rule that was pinned. */
export const ruleOf = ({
  candidates,
  counting,
  seats,
  representationLimit,
  limitValues,
}: Pick<Manifest, 'candidates' | 'counting' | 'seats' | 'representationLimit' | 'limitValues'>): Rule => ({
  candidates,
  counting,
  seats,
  limit: representationLimit === null ? null : { ...representationLimit, values: limitValues ?? {} },
});
