import { groupValues, limitValues } from '@elekto/election';
import type {
  Candidate,
  CandidateId,
  CountingRule,
  Election,
  HouseRules,
  MethodName,
} from '@elekto/election';
import { compareCodePoints } from '@elekto/wire';
import type { Manifest } from '../manifest/manifest.ts';

/** Everything that decides how ballots are counted: who stands, for how many seats, by which rules and limit. */
export interface Rule {
  /** Whom ballots rank, in the order of the ranks of a counted ballot. */
  readonly candidates: readonly CandidateId[];
  /** Of these, who no longer stands: taken out of every ballot before it is counted. */
  readonly struck: readonly CandidateId[];
  readonly counting: CountingRule;
  /** The edition of the counting rules, where it is not the present one. */
  readonly edition?: 1 | 2;
  readonly seats: number;
  /** At most `max` seats for each value; a candidate without a value is not limited. */
  readonly limit: {
    readonly field: string;
    readonly max: number;
    readonly values: Readonly<Record<CandidateId, string>>;
  } | null;
  readonly houseRules?: Omit<HouseRules, 'quorum' | 'groups'> & {
    /** In ballots. */
    readonly quorum?: number;
    readonly groups?: NonNullable<HouseRules['groups']> & {
      readonly values: Readonly<Record<CandidateId, string>>;
    };
  };
}

type Pinned = Pick<Manifest, 'candidates' | 'counting' | 'seats' | 'representationLimit' | 'limitValues'> & {
  readonly edition?: 3;
  readonly houseRules?: HouseRules;
  readonly groupValues?: Readonly<Record<CandidateId, string>>;
};
type Written = Pick<Election, 'counting' | 'seats' | 'representationLimit' | 'houseRules'> & {
  readonly candidates: readonly Pick<Candidate, 'id' | 'fields' | 'withdrawn'>[];
  /** The roll; `eligible` says how many are on it where it is not at hand. */
  readonly voters?: Pick<Election['voters'], 'length'>;
  readonly eligible?: number;
};

/** What became known after the rules were pinned. */
interface Known {
  readonly struck: readonly { readonly id: CandidateId }[];
  /** How many could vote: what a quorum that is a share of the roll is a share of. */
  readonly eligible: number;
}

/**
 * The rule of an election: as it was pinned, without those whom the box struck out at the close; or, for one that
 * was not held in a ballot box, as its files say, without those who have withdrawn.
 */
export function ruleOf(pinned: Pinned, known: Known): Rule;
export function ruleOf(written: Written): Rule;
export function ruleOf(source: Pinned | Written, known: Known = { struck: [], eligible: 0 }): Rule {
  return 'limitValues' in source ? pinnedRule(source, known) : writtenRule(source);
}

const pinnedRule = (
  {
    candidates,
    counting,
    seats,
    representationLimit,
    limitValues: values,
    edition,
    houseRules,
    groupValues: members = {},
  }: Pinned,
  { struck, eligible }: Known,
): Rule => ({
  candidates,
  struck: struck.map(({ id }) => id),
  counting,
  ...(edition === undefined ? { edition: 2 } : {}),
  seats,
  limit: representationLimit === null ? null : { ...representationLimit, values: values ?? {} },
  ...inForce(houseRules, eligible, () => members),
});

const writtenRule = ({
  candidates,
  counting,
  seats,
  representationLimit: limit,
  houseRules,
  voters,
  eligible = voters?.length ?? 0,
}: Written): Rule => ({
  candidates: candidates.map(({ id }) => id).toSorted(compareCodePoints),
  struck: candidates.flatMap(({ id, withdrawn }) => (withdrawn === undefined ? [] : [id])),
  counting,
  seats,
  limit: limit === null ? null : { ...limit, values: limitValues(candidates, limit.field) },
  ...inForce(houseRules, eligible, (groups) => groupValues(candidates, groups)),
});

/** The rules of the organisation with what they need to be applied; a share of the roll is rounded up to whole ballots. */
function inForce(
  rules: HouseRules | undefined,
  eligible: number,
  values: (groups: NonNullable<HouseRules['groups']>) => Readonly<Record<CandidateId, string>>,
): Pick<Rule, 'houseRules'> {
  if (rules === undefined) return {};
  const { quorum, groups, ...rest } = rules;
  return {
    houseRules: {
      ...rest,
      ...(quorum === undefined ? {} : { quorum: ballotsOf(quorum, eligible) }),
      ...(groups === undefined ? {} : { groups: { ...groups, values: values(groups) } }),
    },
  };
}

const ballotsOf = (quorum: NonNullable<HouseRules['quorum']>, eligible: number): number =>
  'ballots' in quorum ? quorum.ballots : Math.ceil((eligible * quorum.part) / quorum.whole);

/** The same rule as results of format 1 were counted. */
export const inEdition1 = (rule: Rule): Rule => ({ ...rule, edition: 1 });

/** The same rule with another method: what else decides (strength, unranked, order, seats, limit) stays as it is. */
export const byMethod = (rule: Rule, method: MethodName): Rule => ({
  ...rule,
  counting: { ...rule.counting, method },
});
