import type { Instant } from '@elekto/election';

/** What counts as a contribution. `pull_requests` are merged ones, `commits` are no merges. */
export const KINDS = ['commits', 'pull_requests', 'reviews', 'issues', 'comments'] as const;
export type Kind = (typeof KINDS)[number];

/** From the first to the last moment, both inclusive. */
export interface Window {
  readonly from: Instant;
  readonly until: Instant;
}

/** A file of the folder of roll.yaml, or of a repository at its default branch. */
export interface FilePlace {
  /** `owner/name`; null for the folder of roll.yaml. */
  readonly repository: string | null;
  /** A path, for `owners` a pattern with `*` and `**`. */
  readonly file: string;
}

export interface ContributionRule {
  readonly kind: 'contributions';
  /** `owner/name` or patterns of it: `owner/*`. */
  readonly repositories: readonly string[];
  readonly exceptRepositories: readonly string[];
  readonly kinds: readonly Kind[];
  /** How much one of a kind counts; 1 where nothing is said. */
  readonly weights: Readonly<Partial<Record<Kind, number>>>;
  readonly atLeast: number;
  readonly window: Window;
}

/** What a rule without parts looks at. */
export type Source =
  | ContributionRule
  | { readonly kind: 'organization'; readonly organization: string }
  | { readonly kind: 'team'; readonly organization: string; readonly team: string }
  | { readonly kind: 'named'; readonly place: FilePlace; readonly at: string }
  | { readonly kind: 'owners'; readonly place: FilePlace; readonly roles: readonly string[] }
  | { readonly kind: 'codeowners'; readonly place: FilePlace }
  | {
      readonly kind: 'csv';
      readonly place: FilePlace;
      readonly column: string;
      /** Column of a number that has to be `atLeast`; null when every row counts. */
      readonly count: string | null;
      readonly atLeast: number;
    }
  | { readonly kind: 'roll'; readonly place: FilePlace }
  | { readonly kind: 'list'; readonly logins: readonly string[] };

/** One rule: a leaf that looks somewhere, or several joined. Who is in one of `except` is not in the rule. */
export type Rule = Leaf | Group;

interface Common {
  /** Its place in roll.yaml: `who.any[0]`. Names it in facts. */
  readonly id: string;
  /** What the evidence calls it. */
  readonly label: string;
  readonly except: readonly Rule[];
}
export interface Leaf extends Common {
  readonly source: Source;
}
export interface Group extends Common {
  readonly join: 'any' | 'all';
  readonly of: readonly Rule[];
}

export const FORGES = ['github', 'gitea', 'gitlab'] as const;
export type ForgeKind = (typeof FORGES)[number];

/** roll.yaml, read. */
export interface RollRules {
  readonly forge: { readonly kind: ForgeKind; readonly api: string };
  readonly who: Rule;
  /** Folded logins that are bots, and those that look like bots and are people. */
  readonly bots: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  /** Logins by e-mail address, in lower case. */
  readonly accounts: ReadonlyMap<string, string>;
}

/** One thing that somebody did. */
export interface Contribution {
  readonly login: string;
  readonly kind: Kind;
  readonly repository: string;
  readonly at: Instant;
}

/** What a leaf found of one person. */
export interface Tally {
  /** As the best source spells it. */
  readonly login: string;
  /** Weighted; of a membership 1. */
  readonly count: number;
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
  readonly first: Instant | null;
  readonly last: Instant | null;
  /** What did not count, and why: how many before and after the window, and by excluded repository. */
  readonly before: number;
  readonly after: number;
  readonly excluded: Readonly<Record<string, number>>;
}

/** All that the rules' sources said: by the leaf's id, then by folded login. */
export interface Facts {
  readonly tallies: ReadonlyMap<string, ReadonlyMap<string, Tally>>;
  /** Folded logins that the forge itself says are bots. */
  readonly bots: ReadonlySet<string>;
  /** By the label of the rule: what its file names that cannot be an account, such as a person's name in a wrong column. */
  readonly unusable: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Every leaf of a rule, the exceptions' too. */
export function leavesOf(rule: Rule): readonly Leaf[] {
  const own = 'of' in rule ? rule.of.flatMap(leavesOf) : [rule];
  return [...own, ...rule.except.flatMap(leavesOf)];
}

/** What a leaf's count has to be. */
export function wantedBy({ source }: Leaf): number {
  return source.kind === 'contributions' || source.kind === 'csv' ? source.atLeast : 1;
}
