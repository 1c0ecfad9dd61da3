/** What pages render: the snapshot with everything worked out that needs more than a template. */
import type {
  BoxOnBranch,
  BodyName,
  Candidate,
  CandidateField,
  CandidateId,
  CountingRule,
  ElectionKey,
  Endorsement,
  HouseRules,
  Instant,
  MethodName,
  Nominations,
  Phase,
  Question,
  RepositoryHost,
  ResultsKey,
} from '@elekto/election';
import type { Drift } from '@elekto/protocol/manifest';
import type { LinksEnd } from '@elekto/protocol/stand';
import type { PublishedResult } from '@elekto/protocol/published';
import type { Outcome } from '@elekto/tally';
import type { Islands } from '../build/islands.ts';
import type { Lang } from '../texts/index.ts';
import type {
  OfficersCount,
  Organisation,
  SignInProvider,
  SiteBoxState,
  UnreadableElection,
} from './model.ts';

/** Markdown that was rendered to safe HTML; '' when there was none. */
export type Html = string;

/**
 * Whether a candidate can be voted for. `late`: joined after the first ballot and is not on the paper; `gone`: on the
 * paper, and taken out of the files since; `withdrawn`: said so; ballots that rank them stay valid.
 */
export type Standing = 'standing' | 'late' | 'gone' | 'withdrawn';

export interface PreparedCandidate {
  readonly id: CandidateId;
  /** The part of the address that stands for the candidate; '' where there is no file, and no page. */
  readonly slug: string;
  /** As it was pinned, where it was. */
  readonly name: string;
  /** The name as it stands in lists: with the id where somebody else of the election is called the same. */
  readonly label: string;
  readonly standing: Standing;
  /** The fields the election shows, in the election's order, those that the candidate gave. */
  readonly fields: readonly CandidateField[];
  readonly bio: Html;
  /** Who endorses the candidate, in the file's order, with why one does not count. */
  readonly endorsements: readonly Endorsement[];
  /** What the candidate answers to each question of the election; '' for nothing. */
  readonly answers: readonly Html[];
}

/** As the files have it, for the form of somebody who wants to stand. */
export interface NominationForm {
  /** candidate-template.md; '' without one. */
  readonly template: string;
  readonly questions: readonly Question[];
  readonly shownFields: readonly string[];
  readonly others: readonly Pick<Candidate, 'id' | 'name' | 'file'>[];
}

export interface PreparedElection {
  readonly key: ElectionKey;
  /** Where the files lie in the repository. */
  readonly folder: string;
  readonly name: string;
  readonly organization: string;
  /** The body whose seats these are; null where nobody can tell. */
  readonly body: BodyName | null;
  /** When the term of those who are elected ends; null where nothing says so. */
  readonly termEndsAt: Instant | null;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** When it was really closed; null before, and for an election held elsewhere. */
  readonly closedAt: Instant | null;
  /** When its result was published; null before, and where nobody here can tell. */
  readonly publishedAt: Instant | null;
  readonly exceptionsDueAt: Instant;
  readonly seats: number;
  readonly allowNoOpinion: boolean;
  readonly method: MethodName;
  readonly counting: CountingRule;
  readonly limit: { readonly field: string; readonly max: number } | null;
  /** Candidate to value of the limited field; null without a limit. */
  readonly limitValues: Readonly<Record<string, string>> | null;
  /** The edition of the counting rules. */
  readonly edition: number;
  /** Rules of the organisation about seats, beside the limit; null without any. */
  readonly houseRules: HouseRules | null;
  /** Candidate to the group whose seats are kept; null without groups. */
  readonly groupValues: Readonly<Record<string, string>> | null;
  readonly officers: readonly string[];
  /** Who opens the ballots together; null where the server keeps the key. */
  readonly custody: { readonly officers: readonly string[]; readonly threshold: number } | null;
  /** The boxes that the repository names as those to count, for all runs of the voting. */
  readonly boxes: readonly BoxOnBranch[];
  readonly phase: Phase;
  /** What the public should know first: `results` once anything of the result is published, whatever it is worth. */
  readonly status: 'open' | 'upcoming' | 'ended' | 'results';
  readonly state: SiteBoxState;
  readonly stale: boolean;
  readonly eligible: number;
  readonly cast: number | null;
  readonly description: Html;
  readonly eligibility: Html;
  readonly exceptionDescription: Html;
  readonly results: Html | null;
  readonly ballotsCsv: string | null;
  readonly resultsJson: string | null;
  /** Between the close and the result of a count by officers; else null. */
  readonly count: OfficersCount | null;
  /** What is published of the result: the only place from which anybody is called elected. */
  readonly published: PublishedResult;
  /** The whole count, for pictures and explanations; null where nothing agreed is published or the ballots are not. */
  readonly outcome: Outcome | null;
  /** The key that must have signed the result, base64url; null for an election that was held elsewhere. */
  readonly resultKey: string | null;
  /** Until when a passphrase leads to its ballot; null where nobody here can tell. */
  readonly links: LinksEnd | null;
  /** What the files say differently from what holds for the ballots. */
  readonly drift: readonly Drift[];
  readonly candidates: readonly PreparedCandidate[];
  /** How people come to stand; null where the files do not say. */
  readonly nominations: Nominations | null;
  /** What the form of somebody who wants to stand needs; null without nominations. */
  readonly form: NominationForm | null;
  readonly questions: readonly { readonly title: string; readonly text: Html }[];
  /** For share cards and meta descriptions: the first plain words of the description. */
  readonly summary: string;
}

export interface SiteData {
  readonly commit: string;
  readonly generatedAt: Instant;
  readonly organisation: Organisation & { readonly logoFile: string | null };
  readonly contentLanguage: string;
  readonly apiOrigin: string;
  readonly siteOrigin: string;
  readonly signIn: SignInProvider;
  readonly sourceUrl: string | null;
  readonly sourceHost: RepositoryHost | null;
  readonly sourceBranch: string | null;
  readonly previewOf: string | null;
  readonly version: string;
  readonly elections: readonly PreparedElection[];
  readonly unreadable: readonly UnreadableElection[];
  /** The servers whose signed results are trusted. */
  readonly resultsKeys: readonly ResultsKey[];
  readonly islands: Islands;
  /** Address of the stylesheet with the organisation's colours in it. */
  readonly css: string;
}

/** A page's address in a language: English at the root, others below their code. */
export function href(lang: Lang, path: string): string {
  return lang === 'en' ? path : `/${lang}${path}`;
}

/** The address of somebody's profile where people sign in; null where the provider has none. */
export const profileOf = ({ profiles }: SignInProvider, login: string): string | null =>
  profiles === null ? null : `${profiles}/${encodeURIComponent(login)}`;

/** Candidate to the name that sentences and tables use. */
export function namesIn(election: Pick<PreparedElection, 'candidates'>): Readonly<Record<string, string>> {
  return Object.fromEntries(election.candidates.map(({ id, label }) => [id, label]));
}

/** HTML of `Html` for a page in a language: links to pages of ours stay in it. Files have no language. */
export function inLanguage(html: Html, lang: Lang): Html {
  return lang === 'en'
    ? html
    : html.replaceAll(/<a href="(\/elections\/[^"]*\/)"/g, (_, to: string) => `<a href="${href(lang, to)}"`);
}

/** Part of an address for an id: itself when harmless in a file name and an address, else its bytes in hex. */
export function slugOf(id: string): string {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/.test(id)) return id;
  const hex = [...new TextEncoder().encode(id)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `~${hex.slice(0, 120)}`;
}
