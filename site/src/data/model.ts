/**
 * The file from which the site is built. Whoever holds the elections writes it; nothing else reaches
 * the build. Plain JSON: instants are whole milliseconds since 1970 in UTC.
 */
import type {
  Diagnostic,
  Election,
  ElectionKey,
  Instant,
  NominationsPhase,
  Phase,
  RepositoryHost,
  ResultsKey,
  Stage,
  WaitingReason,
} from '@elekto/election';
import type { Drift, Manifest } from '@elekto/protocol/manifest';
import type { LinksEnd } from '@elekto/protocol/stand';
import type { BoxFacts } from '@elekto/protocol/published';

/** Who holds the elections, as the organisation wants to be seen. */
export interface Organisation {
  readonly name: string;
  /** A `data:` URI (SVG, PNG, WebP, JPEG) or null. Addresses of other hosts are refused: pages load nothing from elsewhere. */
  readonly logo: string | null;
  /** `#rgb` or `#rrggbb`, or null for ours. Adjusted until it can be read on light and dark paper. */
  readonly accent: string | null;
  /** The organisation's own page, linked from the footer. */
  readonly url?: string | null;
  /** Language of names, descriptions and profiles (BCP 47); `en` when left out. */
  readonly contentLanguage?: string;
}

/** What became of the ballot box; null before it was opened on this server. */
export type SiteBoxState = 'open' | 'closed' | 'finalised' | 'published' | null;

/**
 * How far officers are who open the ballots together, from the end of voting to the result. Numbers alone: who of them did what, and
 * when, stands in no page.
 */
export interface OfficersCount {
  readonly phase: 'inspection' | 'mixing' | 'decrypting';
  /** SHA-256 of the box, hex; null until it is laid out. */
  readonly boxHash: string | null;
  /** Until when the box is open to inspection; null while its hash is not on the branch. */
  readonly inspectedUntil: Instant | null;
  readonly mixed: number;
  readonly decrypted: number;
  /** So many of them have to mix, and to decrypt. */
  readonly threshold: number;
  readonly officers: number;
}

/** An election as the public may see it, at the moment the file was written. */
export interface SiteElection extends Omit<Election, 'voters' | 'votersText' | 'evidenceText' | 'planDone'> {
  /** The roll is public in the repository but not repeated on pages; only its length is used. */
  readonly voters?: Election['voters'];
  readonly phase: Phase;
  readonly stage?: Stage;
  /** Why it does not open although its start has passed. */
  readonly waiting?: WaitingReason | null;
  /** What keeps it from being opened, closed or counted. */
  readonly trouble?: { readonly step: string; readonly code: string } | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly state: SiteBoxState;
  /** What the ballot box says, by which published files are measured; `none` when left out. */
  readonly box?: BoxFacts;
  /** What holds for the ballots, where there is a box: the files may say something else since. */
  readonly manifest?: Manifest | null;
  /** What the files say differently from it. */
  readonly drift?: readonly Drift[];
  /** Until when a passphrase leads to its ballot; null where nobody here can tell. */
  readonly links?: LinksEnd | null;
  /** Where officers count it: how far they are; null before the close and once it is counted. */
  readonly count?: OfficersCount | null;
  /** When it was really closed; null before. */
  readonly closedAt?: Instant | null;
  /** When its result was published; null before, and where nobody here can tell. */
  readonly publishedAt?: Instant | null;
  /** People on the roll; when left out it is `voters.length`. */
  readonly eligible?: number;
  /**
   * Ballots cast. Null when it may not be shown (below three voters, or kept to the officers while
   * voting is open) or is not known.
   */
  readonly cast?: number | null;
  /** True while the newest files of this election cannot be read and an older version is shown. */
  readonly stale?: boolean;
  /** True once requests for exceptions are no longer taken. */
  readonly exceptionsOver?: boolean;
  /** Where nominations are: with the phase, what makes the pages of one commit differ from moment to moment. */
  readonly nominationsPhase?: NominationsPhase;
}

/** An election folder that cannot be shown at all. */
export interface UnreadableElection {
  readonly key: ElectionKey;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whose accounts people sign in with. */
export interface SignInProvider {
  /** What people call it. */
  readonly name: string;
  /** Where somebody's profile is: this, `/` and the login; null where the provider has none. */
  readonly profiles: string | null;
}

export interface SiteSnapshot {
  /** Commit of the meta repository the elections were read at. */
  readonly commit: string;
  readonly generatedAt: Instant;
  readonly organisation: Organisation;
  /** Origin of the API without a trailing slash (`https://vote.example.org`); '' when it serves the site too. */
  readonly apiOrigin?: string;
  /** Public origin of the site, for feeds and share cards; '' when not known (they then hold relative addresses). */
  readonly siteOrigin?: string;
  /** GitHub when not said. */
  readonly signIn?: SignInProvider;
  /** Address at which the meta repository can be read by anyone, for "source" links. */
  readonly sourceUrl?: string | null;
  /** The kind of host that address is at, where the server knows more than its name says. */
  readonly sourceHost?: RepositoryHost | null;
  /** The branch of it that is read; null where nobody can tell. */
  readonly sourceBranch?: string | null;
  /** What pages are a preview of, which nobody has published; every page says so. */
  readonly previewOf?: string | null;
  /** Version of the software, shown in the footer. */
  readonly version?: string;
  readonly elections: readonly SiteElection[];
  /** The servers whose signed results are trusted, from results-keys.yaml. */
  readonly resultsKeys?: readonly ResultsKey[];
  readonly unreadable?: readonly UnreadableElection[];
}

/** The name of the index within the folder of a site. No address leads to it. */
export const INDEX_FILE = '.site.json';

/**
 * Which folder holds each file of a site, and what the file was made of. A site that was made from the one before holds only
 * what has changed; the rest lies where it was. It is read and written at every change, so each of its parts stands on a line of its own,
 * which is the same from site to site while nothing in it changes; what comes before them and what comes after has one line each.
 */
export interface SiteIndex {
  /** The state of the sources that made it. */
  readonly version: string;
  /** `SiteSnapshot.generatedAt` of the data that it was made of. */
  readonly generatedAt: Instant;
  /** Names of the folders beside each other; '' is the site's own. A name keeps its place; null stands where a folder is needed no longer. */
  readonly folders: readonly (string | null)[];
  readonly parts: readonly SiteIndexPart[];
  /** Facts that files are made of, and their values, in the same order. */
  readonly facts: readonly string[];
  readonly values: readonly string[];
  /** What a file can be made of: places in `facts`. Most files share theirs with others. */
  readonly sets: readonly (readonly number[])[];
}

/** The files of one election, or those of none, in columns. */
export interface SiteIndexPart {
  /** The election's key; '' for the files of none. */
  readonly of: string;
  /** Names of the files, and for each its place in `folders` and in `sets`. */
  readonly files: readonly string[];
  readonly folderOf: readonly number[];
  readonly setOf: readonly number[];
}
