/**
 * What a meta repository says, after reading. Plain readonly values: no methods, no I/O, safe to
 * serialise as JSON (the site build reads them that way).
 */

/** An instant: whole milliseconds since 1970-01-01T00:00:00Z. Never local time. */
export type Instant = number & { readonly __instant?: never };

/**
 * The key of an election: its folder's path relative to the elections directory with `/` written
 * `---` (`steering---2025`). It stands in published URLs and never changes while the folder stays.
 */
export type ElectionKey = string & { readonly __electionKey?: never };

/** A candidate's ID exactly as written in the candidate file; compared literally, never folded. */
export type CandidateId = string & { readonly __candidateId?: never };

/** A login as raw text with a leading `@` and white space stripped; case kept. Compare through `sameLogin`. */
export type Login = string & { readonly __login?: never };

export type Severity = 'error' | 'warning' | 'info';

/** One thing to tell an administrator about a file of the meta repository. */
export interface Diagnostic {
  /** Permanent, kebab-case, documented in docs/diagnostics.md: `candidate-header-unclosed`. */
  readonly code: string;
  readonly severity: Severity;
  /** Path relative to the repository root, with `/`. */
  readonly file: string;
  /** 1-based; 0 when the problem has no place in the file (a missing file). */
  readonly line: number;
  /** 1-based, in UTF-16 code units; 0 when there is none. */
  readonly column: number;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to do, in a sentence; may be empty. */
  readonly hint: string;
}

/** The counting methods of `packages/tally`, by the names used in `method:`. */
export const METHODS = [
  'schulze',
  'ranked-pairs',
  'minimax',
  'copeland',
  'kemeny-young',
  'borda',
  'borda-classic',
  'irv',
  'scottish-stv',
  'meek-stv',
] as const;
export type MethodName = (typeof METHODS)[number];

/** When a voter's proof that the ballot was counted can be had. See docs/is-my-vote-secret.md. */
export const RECEIPT_MODES = ['none', 'after_close', 'immediate'] as const;
export type ReceiptMode = (typeof RECEIPT_MODES)[number];

/** At most `max` of the seats to candidates who share a value of `field` (Kubernetes: 2 per employer). */
export interface RepresentationLimit {
  readonly field: string;
  readonly max: number;
}

/** Part of a whole, both whole numbers: 1 and 3 are a third, 2 and 1 twice as many. */
export interface Ratio {
  readonly part: number;
  readonly whole: number;
}

/**
 * Rules of the organisation about who takes a seat, beside the limit: what is absent does not hold. What each means is
 * said in docs/counting/house-rules.md.
 */
export interface HouseRules {
  /** Ballots that must be cast: a number, or a share of the roll. */
  readonly quorum?: { readonly ballots: number } | Ratio;
  /** Who is ranked by a smaller share of the ballots takes no seat. */
  readonly minimumShare?: Ratio;
  /** The candidate that stands for nobody, and the majority and the ballots that it takes to be preferred to it. */
  readonly noneOfTheAbove?: {
    readonly candidate: CandidateId;
    readonly rule: 'seats' | 'drop';
    readonly majority: Ratio;
    readonly support: number;
  };
  /** Seats kept for those who say one of these values in the field. */
  readonly groups?: { readonly field: string; readonly seats: Readonly<Record<string, number>> };
  /** Seats of different terms ("2 years", "18 months" or a last day), the first for those who are placed first. */
  readonly terms?: readonly { readonly seats: number; readonly term: string }[];
  /** How a seat is filled that falls vacant; not said when absent. */
  readonly vacancies?: 'count-back';
}

/** How the ballots of an election are counted; pinned at opening. Defaults are Elekto's rule. */
export interface CountingRule {
  readonly method: MethodName;
  readonly strength: 'winning' | 'margins' | 'ratio' | 'opposition';
  readonly unranked: 'no-opinion' | 'last';
  readonly secondary: boolean;
  readonly order: 'losses' | 'wins' | 'layers';
}

/** How long those who are elected serve: so many months from the close, or until a day. */
export type Term = { readonly months: number } | { readonly until: Instant };

/** One line of a candidate's `info` block, in the file's order. */
export interface CandidateField {
  readonly name: string;
  readonly value: string;
}

/** That a candidate no longer stands: `withdrawn:` in the header. */
export interface Withdrawal {
  /** The day that is named, `YYYY-MM-DD`; null when none is. A statement of the file, never compared with the clock. */
  readonly on: string | null;
  /** The reason that is given, one line of plain text; empty when none is. */
  readonly reason: string;
}

/** Why an endorsement does not count: the candidate's own, a second one of a person, or not distinct. */
export const UNCOUNTED = ['self', 'twice', 'not-on-roll', 'no-value', 'same-value'] as const;
export type Uncounted = (typeof UNCOUNTED)[number];

/** One line of `endorsed_by:` in a candidate's header. */
export interface Endorsement {
  readonly login: Login;
  /** What it says after the login, such as the employer; '' when nothing. */
  readonly value: string;
  readonly line: number;
  /** Set where the election's rules do not count it; ask `countedEndorsements`. */
  readonly uncounted?: Uncounted;
}

/** How people come to stand: `nominations:` of election.yaml. */
export interface Nominations {
  /** First instant at which somebody may stand (inclusive); null when nothing says so. */
  readonly opensAt: Instant | null;
  /** Last instant (inclusive); the start of voting when nothing else is said. */
  readonly closesAt: Instant;
  /** How many endorsements a candidate needs; 0 for none. */
  readonly endorsements: number;
  /** What endorsers have to differ in, such as the employer; null when in nothing. */
  readonly distinct: string | null;
  readonly endorsers: 'anyone' | 'voters';
  /** Whether people may stand by their own word; else the header says who nominated them. */
  readonly selfNomination: boolean;
  /** Most words of a profile; null without a limit. */
  readonly maxWords: number | null;
}

/** A question to all candidates: a heading of questions.md. */
export interface Question {
  readonly title: string;
  /** Markdown; '' when the heading says it all. */
  readonly text: string;
}

export interface Candidate {
  readonly id: CandidateId;
  readonly name: string;
  readonly fields: readonly CandidateField[];
  /** Set only for who no longer stands; ask `standing`. */
  readonly withdrawn?: Withdrawal;
  /** Absent where nobody is named. */
  readonly endorsedBy?: readonly Endorsement[];
  /** Who nominated the candidate, where the header says so. */
  readonly nominatedBy?: Login;
  /** The Markdown after the header, complete and unchanged but for line ends (`\n`). */
  readonly bio: string;
  /** Path relative to the repository root. */
  readonly file: string;
}

/** One entry of voters.yaml. */
export interface RollEntry {
  readonly login: Login;
  /** The number of the account, where the file says it behind the login: nobody else may then vote under that name. */
  readonly account?: string;
  readonly line: number;
}

/** An officer of a board, as its custody file has them. Each key is 32 bytes in base64url. */
export interface BoardOfficer {
  /** As the ceremony's header writes it. */
  readonly login: string;
  /** From 1; shares and board files are numbered by it. */
  readonly position: number;
  /** Ed25519. */
  readonly signKey: string;
  /** X25519. */
  readonly receiveKey: string;
  /** V_j: what the officer's steps of the count are checked against. */
  readonly verification: string;
}

/** The officers who hold the key of an election between them: what a finished ceremony gives. */
export interface OfficersBoard {
  /** A key for rehearsals opens no election and the other way round. */
  readonly kind: 'election' | 'rehearsal';
  /** SHA-256 over the ceremony, hex. */
  readonly transcriptHash: string;
  /** Y, the key ballots are sealed to: 32 bytes in base64url. */
  readonly publicKey: string;
  /** How many of the officers open a count together. */
  readonly threshold: number;
  /** In the order of their positions. */
  readonly officers: readonly BoardOfficer[];
  /** The last day on which an election may open with this key, `YYYY-MM-DD`, UTC. */
  readonly until: string;
}

/** That an election's ballots are in the custody of officers: `custody:` in election.yaml. */
export interface Custody {
  /** Path of the custody file from the elections folder: `keys/2026.json`. */
  readonly file: string;
  /** The board; null while this election cannot open with it, for a reason that a diagnostic gives. A running one has its manifest's. */
  readonly board: OfficersBoard | null;
  /** The ceremony (transcript hash, hex) whose finished file it is, whether or not this election can open with it. */
  readonly ceremony?: string;
}

/** A closed box whose hash stands in the repository, before anybody mixes it. */
export interface BoxOnBranch {
  /** SHA-256 of its file, hex. */
  readonly hash: string;
  /** Hash of the manifest of the run that it is of, hex. */
  readonly manifestHash: string;
}

/** The files that publish a result, beside election.yaml. */
export const RESULT_FILES = ['results.md', 'results.json', 'ballots.csv'] as const;
export type ResultFile = (typeof RESULT_FILES)[number];

export interface Election {
  readonly key: ElectionKey;
  /** Path of the folder relative to the repository root, with `/`. */
  readonly folder: string;
  readonly name: string;
  readonly organization: string;
  /** First instant at which ballots are taken (inclusive). */
  readonly opensAt: Instant;
  /** Last instant at which ballots are taken (inclusive). */
  readonly closesAt: Instant;
  /** Last instant at which an exception may be requested (inclusive); `opensAt` when the file names none. */
  readonly exceptionsDueAt: Instant;
  readonly seats: number;
  /** The body whose seats these are, where `body:` names it; ask `bodyOf`. */
  readonly body?: string;
  /** How long those who are elected serve, where `term:` says so; ask `termEnd`. */
  readonly term?: Term;
  readonly allowNoOpinion: boolean;
  readonly deleteAfter: boolean;
  readonly shownFields: readonly string[];
  /** `exact` where the provider of accounts tells Ada from ada; absent: case is ignored. Ask `foldLogin`. */
  readonly logins?: 'exact';
  readonly officers: readonly Login[];
  /** `approvals: 2`: what officers decide needs two of them; ask `needsSecondOfficer`. */
  readonly approvals?: 2;
  /** Accounts by folded login, of the officers whose entry says one (`ada#1234`). */
  readonly officerAccounts?: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly eligibility: string;
  /** Markdown. */
  readonly exceptionDescription: string;
  readonly counting: CountingRule;
  readonly receipts: ReceiptMode;
  /** Absent: the server keeps the key. */
  readonly custody?: Custody;
  /** For how long, ms, the box is open to inspection before officers mix it; absent for `INSPECTION`. */
  readonly inspection?: number;
  /** What box.txt names, in its order, for all runs of the voting; absent without that file. */
  readonly boxes?: readonly BoxOnBranch[];
  readonly representationLimit: RepresentationLimit | null;
  /** Absent without any. */
  readonly houseRules?: HouseRules;
  /** How people come to stand; absent where election.yaml does not say. */
  readonly nominations?: Nominations;
  /** candidate-template.md, text; absent without it. */
  readonly template?: string;
  /** What questions.md asks all candidates; absent without it. */
  readonly questions?: readonly Question[];
  /** Who sees the number of ballots cast while the election is open. After it: everyone. */
  readonly turnout: 'public' | 'officers';
  /** election_desc.md, Markdown; empty when absent. */
  readonly description: string;
  /** results.md, Markdown; null when not published. */
  readonly results: string | null;
  /** ballots.csv as published, text; null when not published. */
  readonly ballotsCsv: string | null;
  /** results.json as published, text; null when not published. */
  readonly resultsJson: string | null;
  /**
   * Result files that are there and could not be read (a link, too big, damaged); their value above is null. Not the
   * same as a file that is missing: what was published is then unknown.
   */
  readonly unreadResults?: readonly ResultFile[];
  /** In file-name order; faces decide the order they show. */
  readonly candidates: readonly Candidate[];
  /** Distinct by `foldLogin`, in the roll's order. */
  readonly voters: readonly RollEntry[];
  /** Set only when there is no roll, because voters.yaml is missing or cannot be read; `voters` is then empty. */
  readonly noRoll?: 'missing' | 'unreadable';
  /** voters.yaml as it stands, comments and duplicates included, for whoever prepares a change; null when missing. */
  readonly votersText?: string | null;
  /** roll-evidence.csv as it stands: why each is on the roll, for its officers. */
  readonly evidenceText?: string;
  /** Names of the activities that plan.yaml has as done, for its officers. */
  readonly planDone?: readonly string[];
  /** Fields of election.yaml that we do not know, as source text. */
  readonly unknownFields: Readonly<Record<string, string>>;
}

/** A server whose signature under a result is trusted: one entry of results-keys.yaml in the elections folder. */
export interface ResultsKey {
  /** The server's public key (Ed25519) as results.json has it: 32 bytes in base64url. Compared as it stands. */
  readonly key: string;
  /** An http(s) address without a slash at the end; to be shown, never called. */
  readonly server: string;
  /** First and last moment of its use, both inclusive; null when not limited. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly line: number;
}

/** What site.yaml in the elections folder says of the pages as a whole; null for what it does not say. */
export interface SiteFile {
  /** The organisation's name, shown on every page and in titles: one line of at most 80 characters. */
  readonly name: string | null;
  /** `#rrggbb`. */
  readonly accent: string | null;
  /** The organisation's own page, http(s). */
  readonly url: string | null;
  /** In which names, descriptions and profiles are written (BCP 47, RFC 5646). */
  readonly language: string | null;
}

/**
 * One election folder after reading. `election` is null when an error leaves nothing that could be
 * held or shown (election.yaml unreadable, no name, no dates). Errors in other files leave it non-null.
 */
export interface ReadElection {
  readonly key: ElectionKey;
  readonly folder: string;
  readonly election: Election | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Of an election.yaml that cannot be used: the officers whom it names all the same, so that they can be told why. */
  readonly offices?: Offices;
}

/** Whom election.yaml names as officers. */
export type Offices = Pick<Election, 'logins' | 'officers' | 'officerAccounts'>;

/** The phase at an instant. Pure: depends only on the election's dates and `now`. */
export type Phase = 'upcoming' | 'open' | 'ended';

/** A text file of the tree that is being read; the pure reader's only input. */
export interface SourceFile {
  /** Path relative to the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Set when the file is there and must not be read (a symbolic link, too big): `text` is then empty. */
  readonly refused?: boolean;
  /** What was found while fetching or decoding the file. */
  readonly problems?: readonly Diagnostic[];
}
