import { limitValues } from '@elekto/election';
import type { Candidate, CandidateId, CountingRule, Election, MethodName } from '@elekto/election';
import { compareCodePoints } from '@elekto/wire';
import type { Manifest } from '../manifest/manifest.ts';

/** Everything that decides how ballots are counted: who stands, for how many seats, by which rule and limit. */
export interface Rule {
  /** Whom ballots rank, in the order of the ranks of a counted ballot. */
  readonly candidates: readonly CandidateId[];
  /** Of these, who no longer stands: taken out of every ballot before it is counted. */
  readonly struck: readonly CandidateId[];
  readonly counting: CountingRule;
  /** The edition of the counting rules, where it is not the present one. */
  readonly edition?: 1;
  readonly seats: number;
  /** At most `max` seats for each value; a candidate without a value is not limited. */
  readonly limit: {
    readonly field: string;
    readonly max: number;
    readonly values: Readonly<Record<CandidateId, string>>;
  } | null;
}

type Pinned = Pick<Manifest, 'candidates' | 'counting' | 'seats' | 'representationLimit' | 'limitValues'>;
type Written = Pick<Election, 'counting' | 'seats' | 'representationLimit'> & {
  readonly candidates: readonly Pick<Candidate, 'id' | 'fields' | 'withdrawn'>[];
};

/**
 * The rule of an election: as it was pinned, without those whom the box struck out at the close; or, for one that
 * was not held in a ballot box, as its files say, without those who have withdrawn.
 */
export function ruleOf(pinned: Pinned, struck?: readonly { readonly id: CandidateId }[]): Rule;
export function ruleOf(written: Written): Rule;
export function ruleOf(source: Pinned | Written, struck: readonly { readonly id: CandidateId }[] = []): Rule {
  return 'limitValues' in source ? pinnedRule(source, struck) : writtenRule(source);
}

const pinnedRule = (
  { candidates, counting, seats, representationLimit, limitValues: values }: Pinned,
  struck: readonly { readonly id: CandidateId }[],
): Rule => ({
  candidates,
  struck: struck.map(({ id }) => id),
  counting,
  seats,
  limit: representationLimit === null ? null : { ...representationLimit, values: values ?? {} },
});

const writtenRule = ({ candidates, counting, seats, representationLimit: limit }: Written): Rule => ({
  candidates: candidates.map(({ id }) => id).toSorted(compareCodePoints),
  struck: candidates.flatMap(({ id, withdrawn }) => (withdrawn === undefined ? [] : [id])),
  counting,
  seats,
  limit: limit === null ? null : { ...limit, values: limitValues(candidates, limit.field) },
});

/** The same rule as results of format 1 were counted. */
export const inEdition1 = (rule: Rule): Rule => ({ ...rule, edition: 1 });

/** The same rule with another method: what else decides (strength, unranked, order, seats, limit) stays as it is. */
export const byMethod = (rule: Rule, method: MethodName): Rule => ({
  ...rule,
  counting: { ...rule.counting, method },
});
