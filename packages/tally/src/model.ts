/**
 * The values of the counting engine. Plain readonly data: no methods, no I/O. An `Outcome` is the
 * one value that every page, report and file renders; `toJson` writes it byte for byte the same for
 * the same ballots in any order of rows and columns.
 */

/**
 * A number of ballots, never negative. A `number` while the whole election fits in 2^53 - 1, so that
 * everyday code sees numbers only; every count of a larger election is a `bigint`.
 */
export type Count = number | bigint;

/** The counting methods by the names used in `method:` of election.yaml. */
export type MethodName =
  | 'schulze'
  | 'ranked-pairs'
  | 'minimax'
  | 'copeland'
  | 'kemeny-young'
  | 'borda'
  | 'borda-classic'
  | 'irv'
  | 'scottish-stv'
  | 'meek-stv';

/** What makes one pairwise victory stronger than another. Elekto's rule is `winning`. */
export type StrengthRule = 'winning' | 'margins' | 'ratio' | 'opposition';

/** What a ballot says about a candidate it gives no number: nothing, or "below all the others". */
export type UnrankedRule = 'no-opinion' | 'last';

/** How a partial order becomes places. See docs/counting/schulze.md. */
export type OrderRule = 'losses' | 'wins' | 'layers';

/**
 * One ballot, or many equal ones. `ranks[i]` is the rank given to `candidates[i]` of its set: a whole
 * number from 1 (best) up; equal numbers are ties, gaps mean nothing; `null` is not ranked.
 */
export interface Ballot {
  readonly ranks: ArrayLike<number | null>;
  /** How many equal ballots this stands for; 1 when absent. May exceed 2^53 as a bigint. */
  readonly count?: Count;
}

/** What is counted. Candidate ids are distinct, non-empty strings, compared literally. */
export interface BallotSet {
  readonly candidates: readonly string[];
  readonly ballots: Iterable<Ballot>;
  /** What the file says about unranked candidates; an option given to `count` goes before it. */
  readonly unranked?: UnrankedRule;
}

/** A ratio of whole numbers: 1 and 3 are a third, 2 and 1 twice as many. */
export interface Ratio {
  readonly part: number;
  readonly whole: number;
}

/** At most `max` seats (a whole number) or a share of the seats (`{ share: [1, 3] }`, rounded down). */
export type LimitSize = number | { readonly share: readonly [number, number] };

/** A rule of the organisation: not more than so many seats for candidates who share a value of `field`. */
export interface SeatLimit {
  readonly field: string;
  readonly max: LimitSize;
  /** Candidate id to its value of the field. A candidate without an entry is never limited. */
  readonly values: ReadonlyMap<string, string>;
}

/** A rule of the organisation: at least so many seats to those of a group, as far as it has candidates. */
export interface SeatGroups {
  readonly field: string;
  /** For each value of the field, its seats: together no more than there are. */
  readonly seats: ReadonlyMap<string, number>;
  /** Candidate id to its value of the field. A candidate without an entry is in no group. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * A choice on the ballot that stands for nobody: none of the above, further discussion, reopen nominations. It takes no
 * seat, and nor does who is not preferred to it by more ballots than prefer it.
 */
export interface NoneOfTheAbove {
  readonly candidate: string;
  /**
   * `seats` (when absent): those who do not beat it keep their place and are passed over. `drop`: they are dropped before
   * the count, as the constitution of Debian has it (A.6 of version 1.4, A.5 of 1.9), and share the last place.
   */
  readonly rule?: 'seats' | 'drop';
  /** The majority that is needed over it: 2 for twice as many (3 and 2: three to two); a simple one when absent. */
  readonly majority?: Ratio;
  /** Ballots that must prefer somebody to it, whatever the rest says; any number when absent. */
  readonly support?: number;
}

/** So many of the seats are for this long: "2 years". */
export interface SeatTerm {
  readonly seats: number;
  /** How long, in the words that the result tells; no two terms have the same. */
  readonly term: string;
}

/**
 * How people resolved a tie that the ballots leave open: a coin, a run-off, a published seed. The
 * engine never resolves one itself.
 */
export interface TieDecision {
  /** The tied candidates. When absent, the decision applies to the first tie that has all `winners` in it. */
  readonly candidates?: readonly string[];
  /** Who takes the open seats: as many as the tie leaves. */
  readonly winners: readonly string[];
  /** In words, published with the result. */
  readonly how: string;
}

/** Everything that changes a result besides the ballots. Defaults are Elekto's rule. */
export interface CountOptions {
  readonly method?: MethodName;
  readonly strength?: StrengthRule;
  readonly unranked?: UnrankedRule;
  readonly secondary?: boolean;
  readonly order?: OrderRule;
  /** Seats to fill, a whole number from 0; 1 when absent. */
  readonly seats?: number;
  readonly limit?: SeatLimit;
  readonly groups?: SeatGroups;
  readonly noneOfTheAbove?: NoneOfTheAbove;
  /** Ballots that must be cast, blank ones included; with fewer nobody is elected. */
  readonly quorum?: number;
  /** Who is ranked by a smaller share of the ballots that are not blank takes no seat. */
  readonly minimumShare?: Ratio;
  /**
   * Seats of different terms: who is placed first serves the first of them. Together as many as there are seats. Absent where
   * all serve alike.
   */
  readonly terms?: readonly SeatTerm[];
  /**
   * Who has a seat already and keeps it, whatever the ballots say: the others compete for those that are left. That is how
   * `countBack` fills a vacancy.
   */
  readonly sitting?: readonly string[];
  readonly decisions?: readonly TieDecision[];
  /**
   * The edition of the rules, for results that were published under an earlier one; the present one when absent.
   * In edition 1 minimax by `opposition` looked at defeats only, and methods that count in rounds shared a ballot that
   * ranked nobody who was left among all whom it did not rank, with `unranked: last`. Up to edition 2 instant-runoff told
   * a round of its own in which one candidate was left.
   */
  readonly edition?: Edition;
}

/** Editions of the rules, see `CountOptions`. */
export type Edition = 1 | 2 | 3;

/** The options as counted, with every default filled in. */
export interface CountedOptions {
  readonly strength: StrengthRule;
  readonly unranked: UnrankedRule;
  readonly secondary: boolean;
  readonly order: OrderRule;
  readonly seats: number;
  readonly limit: { readonly field: string; readonly max: number } | null;
  /** These are absent where there is no such rule. */
  readonly groups?: { readonly field: string; readonly seats: Readonly<Record<string, number>> };
  readonly noneOfTheAbove?: Required<NoneOfTheAbove>;
  readonly quorum?: number;
  readonly minimumShare?: Ratio;
  readonly terms?: readonly SeatTerm[];
  /** By code unit. */
  readonly sitting?: readonly string[];
}

/** A value for every ordered pair of different candidates: `matrix[a][b]`. Objects have no prototype. */
export type PairMatrix<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/**
 * The strength of a link or path, taken from its weakest link: ballots in favour for `winning`, ballots
 * of lead for `margins`, "5:2" in lowest terms for `ratio`, ballots against for `opposition`. No path is
 * 0, and null for `opposition`, where 0 is the best there is.
 */
export type Strength = Count | string | null;

/** Candidates who share a place. Places start at 1, may repeat and may skip. */
export interface Place {
  readonly place: number;
  readonly candidates: readonly string[];
}

/**
 * A tie that the ballots leave open: `seats` of the seats belong to some of `candidates`, who are more. Where it has a `term`
 * all of them sit, and so many of them for this term.
 */
export interface OpenTie {
  readonly candidates: readonly string[];
  readonly seats: number;
  /** The value of the limited field, or the group, whose last seats these are; null for the last seats of all. */
  readonly value: string | null;
  readonly term?: string;
}

/** Why a candidate can take no seat, whoever else does. Codes are permanent. */
export type BarredCandidate =
  /** It stands for nobody. */
  | { readonly code: 'none-of-the-above'; readonly candidate: string }
  /** `for` ballots prefer them to none of the above, `against` the other way round. */
  | {
      readonly code: 'not-over-none';
      readonly candidate: string;
      readonly for: Count;
      readonly against: Count;
    }
  /** `opinions` of the `ballots` that are not blank rank them. */
  | {
      readonly code: 'below-minimum';
      readonly candidate: string;
      readonly opinions: Count;
      readonly ballots: Count;
    };

/** A candidate passed over by the rules about seats. */
export type SkippedCandidate =
  | BarredCandidate
  /** `elected`: those of the same value of the limited field, in that order; they fill what the limit allows. */
  | {
      readonly code: 'limit';
      readonly candidate: string;
      readonly value: string;
      readonly elected: readonly string[];
    }
  /** The `seats` that are left are kept for groups: those of these values. */
  | {
      readonly code: 'kept';
      readonly candidate: string;
      readonly seats: number;
      readonly values: readonly string[];
    };

/** A recorded decision that was used, with the tie that it settled. */
export interface AppliedDecision extends OpenTie {
  readonly winners: readonly string[];
  readonly how: string;
}

export interface Seats {
  readonly available: number;
  /**
   * By place. Within a place by code unit; under a limit first by its values, in the order of each value's
   * first candidate (those without a value are a group of their own), then by code unit.
   */
  readonly elected: readonly string[];
  /**
   * The ties that nobody has resolved, in the order they are met; their seats are empty, but for those of a `term`, which
   * come last and only where all seats are given. At a place, if
   * those whom the limit admits outnumber the seats left, they are one tie for these. Otherwise each limit
   * value whose candidates outnumber its room is a tie of its own; its seats are reserved and the walk goes
   * on. A method that seats candidates itself leaves one tie at most.
   */
  readonly openTies: readonly OpenTie[];
  /** Candidates passed over by the rules about seats. */
  readonly skipped: readonly SkippedCandidate[];
  /** Recorded decisions that were used. One of these with its `how` and winners stands for one recorded. */
  readonly decisions: readonly AppliedDecision[];
  /** Who serves each term; nobody of a tie that is open. Absent where all serve alike. */
  readonly terms?: readonly { readonly term: string; readonly elected: readonly string[] }[];
}

/** What happened in a round. Codes are permanent. Votes are exact: "12" or "25/3". */
export type RoundEvent =
  /** Every ballot went to its best candidate (`first-count` where parts of it may pass on at once). */
  | { readonly code: 'first-preferences' | 'first-count' }
  /** The rules about seats bar them; their votes move on. */
  | { readonly code: 'barred'; readonly candidates: readonly string[] }
  /** What the candidate holds above the quota moves on. */
  | { readonly code: 'surplus'; readonly candidates: readonly string[]; readonly votes: string }
  /** What all elected hold above the quota moves on. */
  | { readonly code: 'surpluses' }
  /** Those with the fewest votes leave; null where the method changes their votes meanwhile. */
  | { readonly code: 'excluded'; readonly candidates: readonly string[]; readonly votes: string | null }
  | { readonly code: 'reached-quota' | 'last-seats' | 'left'; readonly candidates: readonly string[] };

/** One stage of a method that counts in rounds. Votes are exact: "12" or "25/3". */
export interface Round {
  readonly round: number;
  readonly quota: string | null;
  /** Votes held by each candidate still in the count or elected. */
  readonly votes: Readonly<Record<string, string>>;
  /** Votes that rank nobody who is left. */
  readonly exhausted: string;
  readonly elected: readonly string[];
  readonly excluded: readonly string[];
  /** What happened, in order. */
  readonly events: readonly RoundEvent[];
}

/**
 * One step of the method. Codes are permanent. In `candidates` the one whom the step is about comes
 * first.
 */
export type Step =
  /** They do not beat none of the above and were dropped before the count. */
  | { readonly code: 'dropped'; readonly candidates: readonly string[]; readonly place: number }
  /** `candidates`: who, and everyone who beats them. */
  | { readonly code: 'place'; readonly candidates: readonly string[]; readonly place: number }
  /** Borda: a whole number, which may be negative; with `borda-classic` points, "12" or "25/2". */
  | {
      readonly code: 'score';
      readonly candidates: readonly string[];
      readonly place: number;
      readonly score: string;
    }
  /** Copeland: comparisons won, drawn and lost. */
  | {
      readonly code: 'duels';
      readonly candidates: readonly string[];
      readonly place: number;
      readonly wins: number;
      readonly draws: number;
      readonly losses: number;
    }
  /** Minimax. `candidates`: who, and everyone from whom the worst defeat comes; nobody where there is none. */
  | {
      readonly code: 'worst-defeat';
      readonly candidates: readonly string[];
      readonly place: number;
      readonly strength: Strength;
    }
  /**
   * Minimax by opposition: the most ballots that prefer one other candidate, defeat or not. `candidates`: who, and
   * everyone whom so many prefer.
   */
  | {
      readonly code: 'worst-opposition';
      readonly candidates: readonly string[];
      readonly place: number;
      readonly strength: Count;
    }
  /** Kemeny-Young: the preferences that the best order agrees with, and that order with ties. */
  | {
      readonly code: 'best-order';
      readonly candidates: readonly string[];
      readonly agreement: Count;
      readonly order: readonly (readonly string[])[];
    }
  /** Ranked Pairs: the first beats the second; left out where it would close a circle. */
  | {
      readonly code: 'lock' | 'leave-out';
      readonly candidates: readonly string[];
      readonly strength: Strength;
    }
  /** The round of this number, told by `rounds`. */
  | { readonly code: 'round'; readonly candidates: readonly string[]; readonly round: number }
  /**
   * A tie before the round of this number, which nothing earlier breaks: whose `purpose` comes first? It is
   * `open` where that decides who is elected, `decided` by a recorded decision (`how`), else `harmless`.
   */
  | {
      readonly code: 'tie';
      readonly candidates: readonly string[];
      readonly round: number;
      readonly purpose: 'exclusion' | 'surplus' | 'election';
      readonly effect: 'open' | 'decided' | 'harmless';
      readonly how: string | null;
    };

/** Where the rule surprises people. Codes are permanent; docs/counting/README.md lists them. */
export type Warning =
  | { readonly code: 'no-ballots' | 'all-blank' | 'unranked-not-transferred' }
  | { readonly code: 'ballots-without-comparison'; readonly ballots: Count }
  | { readonly code: 'uncompared-candidate'; readonly candidates: readonly string[] }
  /** `opinions` of the `ballots` that are not blank give the candidate a number. */
  | {
      readonly code: 'few-opinions';
      readonly candidates: readonly string[];
      readonly opinions: Count;
      readonly ballots: Count;
    }
  | {
      readonly code: 'open-tie';
      readonly candidates: readonly string[];
      readonly seats: number;
      readonly value: string | null;
      readonly term?: string;
    }
  /** Fewer than `seats` of the group are elected, or can be while ties are open: it has no more candidates who may sit. */
  | {
      readonly code: 'group-short';
      readonly field: string;
      readonly value: string;
      readonly seats: number;
      readonly elected: number;
    }
  /** `cast` ballots of the `quorum`: nobody is elected. */
  | { readonly code: 'quorum-missed'; readonly quorum: number; readonly cast: Count }
  | { readonly code: 'too-few-candidates'; readonly seats: number; readonly standing: number }
  | {
      readonly code: 'limit-value-missing';
      readonly field: string;
      readonly candidates: readonly string[];
    }
  /** `candidates`: the winners that the decision names. */
  | { readonly code: 'decision-unused'; readonly candidates: readonly string[]; readonly how: string };

/**
 * Why one of two candidates goes before the other by the method, or neither does. `dropped`: the second, or
 * both, do not beat none of the above and were dropped before the count. `direct`: more ballots
 * prefer them. `path`: by the strongest paths (Schulze). `chain`: by a chain of locked victories (Ranked
 * Pairs). `order`: every best order says so (Kemeny-Young). `level`: equally many ballots prefer each. The
 * other `level-` codes: more prefer `first`, and the paths both ways are equally strong, no chain leads
 * either way, or the best orders disagree.
 */
export type PairCode =
  | 'dropped'
  | 'direct'
  | 'path'
  | 'chain'
  | 'order'
  | 'level'
  | 'level-paths'
  | 'level-chains'
  | 'level-orders';

/** Two candidates side by side. `first` is the one who goes before the other, or the smaller id. */
export interface PairExplanation {
  readonly first: string;
  readonly second: string;
  /** Ballots that rank both and prefer `first`. */
  readonly for: Count;
  /** Ballots that rank both and prefer `second`. */
  readonly against: Count;
  /** Who beats whom in the relation of the method: `first` beats `second`, or neither does. */
  readonly decided: boolean;
  readonly code: PairCode;
  /** The path or chain that decided, from `first` to `second`; null for every other code. */
  readonly path: readonly string[] | null;
}

/** The result of a count. Described field by field in docs/counting/README.md. */
export interface Outcome {
  readonly method: MethodName;
  readonly options: CountedOptions;
  readonly counts: {
    /** Ballots, blank ones included. */
    readonly cast: Count;
    /** Ballots with no opinion on anybody. */
    readonly blank: Count;
    /** Ballots that give the candidate a number. */
    readonly opinions: Readonly<Record<string, Count>>;
  };
  /** By UTF-16 code units, whatever the order of the columns. */
  readonly candidates: readonly string[];
  /** `pairwise[a][b]`: ballots that rank both and prefer a. */
  readonly pairwise: PairMatrix<Count>;
  /** `strongestPaths[a][b]` by the strength rule. */
  readonly strongestPaths: PairMatrix<Strength>;
  /** `relation[a]`: everyone whom a beats by the method (by paths for Schulze, directly otherwise). */
  readonly relation: Readonly<Record<string, readonly string[]>>;
  readonly places: readonly Place[];
  readonly condorcetWinner: string | null;
  readonly condorcetLoser: string | null;
  readonly smith: readonly string[];
  readonly schwartz: readonly string[];
  readonly seats: Seats;
  readonly rounds: readonly Round[];
  readonly warnings: readonly Warning[];
  readonly steps: readonly Step[];
  readonly explanation: readonly PairExplanation[];
}

/** A request that cannot be counted: unknown method, seats below 0, too many candidates for the method. */
export class CountError extends Error {
  override readonly name = 'CountError';
}

/** Text that is not what its format demands. Line and column count from 1, in UTF-16 code units. */
export class BallotsFormatError extends Error {
  override readonly name = 'BallotsFormatError';
  readonly line: number;
  readonly column: number;
  /** What was expected and what was found. */
  readonly detail: string;

  constructor(line: number, column: number, detail: string) {
    super(`line ${line}, column ${column}: ${detail}`);
    this.line = line;
    this.column = column;
    this.detail = detail;
  }
}
