import type { CandidateId, Election, Phase, ResultsKey, WaitingReason } from '@elekto/election';
import { BallotsFormatError, CountError } from '@elekto/tally';
import type { Outcome } from '@elekto/tally';
import type { Check } from '../result/check.ts';
import { dataOf } from '../result/outcome-data.ts';
import { statedOutcome } from '../result/stated-outcome.ts';
import type { OutcomeData } from '../result/outcome-data.ts';
import type { ResultsFile } from '../result/results.ts';
import { verifyResults } from '../result/verify-results.ts';
import type { Verification } from '../result/verify-results.ts';
import { countCsv } from '../rule/count-csv.ts';
import { ruleOf } from '../rule/rule.ts';
import { revisionOf } from './box-facts.ts';
import type { BoxFacts } from './box-facts.ts';
import { proseOf } from './prose.ts';
import type { Prose } from './prose.ts';

/**
 * What is published of an election's result. Only `signed` and `recounted` carry an outcome, so nothing can name a
 * winner anywhere else.
 */
export type PublishedResult =
  /** Before the close; whatever files are there (`early`) is no result. */
  | { readonly state: 'before'; readonly early: boolean }
  /** Cannot open, for these reasons. */
  | { readonly state: 'waiting'; readonly reasons: readonly WaitingReason[]; readonly early: boolean }
  /** Closed and not counted; `trouble` is a code, null while all is well. */
  | { readonly state: 'counting'; readonly trouble: string | null }
  /** Counted here and not yet published. */
  | { readonly state: 'pending' }
  | Signed
  | Recounted
  /** Signed here, and decided on further since: publish again. */
  | { readonly state: 'superseded' }
  /** The files are not this election's result. */
  | { readonly state: 'disputed'; readonly dispute: Dispute }
  /** The officers' own report, or files that cannot be checked: no headline. */
  | { readonly state: 'report'; readonly prose: Prose | null }
  /** Ended, and nothing is known of it here. */
  | { readonly state: 'none' };

export interface Signed {
  readonly state: 'signed';
  readonly outcome: OutcomeData;
  readonly file: ResultsFile;
  /** The same outcome counted again, with its explanations; null where the ballots are not published. */
  readonly recount: Outcome | null;
  /** null: held here. */
  readonly heldOn: ResultsKey | null;
  readonly prose: Prose | null;
}

export interface Recounted {
  readonly state: 'recounted';
  readonly outcome: OutcomeData;
  readonly recount: Outcome;
  /** A signed file that adds up, by whom nobody here knows; null: counted from ballots.csv alone. */
  readonly file: ResultsFile | null;
  readonly prose: Prose | null;
}

/** Why published files are no result. */
export type Dispute =
  /** The first thing that is wrong. */
  | { readonly code: 'check'; readonly check: Check }
  /** Genuine, and not the result that this server has: the files of an earlier box, or of a rehearsal. */
  | { readonly code: 'other-result' }
  /** There, and cannot be read. */
  | { readonly code: 'unread'; readonly file: string }
  | { readonly code: 'ballots'; readonly why: string };

type Files = Pick<Election, 'key' | 'results' | 'resultsJson' | 'ballotsCsv'> & {
  readonly unreadResults?: readonly string[];
};

type WithRule = Pick<Election, 'counting' | 'seats' | 'representationLimit' | 'houseRules' | 'candidates'> &
  Partial<Pick<Election, 'voters'>> & { readonly eligible?: number };

export interface PublishedInput {
  readonly election: Files & WithRule;
  readonly phase: Phase;
  readonly box: BoxFacts;
  /** From results-keys.yaml. */
  readonly knownKeys: readonly ResultsKey[];
}

/**
 * What is published: the one answer for pages, feeds, JSON, cards, console and command line. By what the box says
 * (which alone decides for an election held here), what lies in the folder, and the keys known from elsewhere.
 */
export async function publishedResult(input: PublishedInput): Promise<PublishedResult> {
  const { election, phase, box } = input;
  const there = hasFiles(election);
  switch (box.state) {
    case 'waiting':
      return { state: 'waiting', reasons: box.reasons, early: there };
    case 'open':
      return { state: 'before', early: there };
    case 'closed':
      return { state: 'counting', trouble: box.trouble };
    case 'counted':
      return there ? publishedHere(election, box) : { state: 'pending' };
    case 'none':
      if (phase !== 'ended') return { state: 'before', early: there };
      return there ? publishedElsewhere(input) : { state: 'none' };
  }
}

const hasFiles = ({ results, resultsJson, ballotsCsv, unreadResults = [] }: Files): boolean =>
  results !== null || resultsJson !== null || ballotsCsv !== null || unreadResults.length > 0;

const disputed = (dispute: Dispute): PublishedResult => ({ state: 'disputed', dispute });

/** The unreadable file on which a result would rest; null when there is none. */
const unreadOf = ({ unreadResults = [] }: Files): string | null =>
  unreadResults.find((name) => name !== 'results.md') ?? null;

const firstFalse = ({ checks }: Verification): PublishedResult => {
  const check = checks.find(({ ok }) => !ok);
  return check === undefined ? disputed({ code: 'other-result' }) : disputed({ code: 'check', check });
};

const isRehearsal = ({ manifest }: ResultsFile): boolean =>
  manifest.version !== 1 && manifest.kind === 'rehearsal';

const proseIn = ({ results }: Files, revision: string | null): Prose | null =>
  results === null ? null : proseOf(results, revision);

async function publishedHere(
  election: Files,
  box: Extract<BoxFacts, { readonly state: 'counted' }>,
): Promise<PublishedResult> {
  const unread = unreadOf(election);
  if (unread !== null) return disputed({ code: 'unread', file: unread });
  const { resultsJson, ballotsCsv } = election;
  const present = box.revisions.at(-1) ?? null;
  if (resultsJson === null) return { state: 'report', prose: proseIn(election, present) };
  const { publicKey, election: folder } = box;
  const verified = await verifyResults({ ballotsCsv, resultsJson, publicKey, folder });
  const { ok, file } = verified;
  if (!ok || file === null) return firstFalse(verified);
  const revision = revisionOf(file);
  if (revision === present) return signed(election, verified, file, null);
  return box.revisions.includes(revision) ? { state: 'superseded' } : disputed({ code: 'other-result' });
}

async function publishedElsewhere({ election, knownKeys }: PublishedInput): Promise<PublishedResult> {
  const unread = unreadOf(election);
  if (unread !== null) return disputed({ code: 'unread', file: unread });
  const { resultsJson, ballotsCsv, key: folder } = election;
  if (resultsJson === null) return ballotsCsv === null ? report(election) : fromBallots(election, ballotsCsv);
  const verified = await verifyResults({ ballotsCsv, resultsJson, knownKeys, folder });
  const { ok, file, signer, recount } = verified;
  if (!ok || file === null) return firstFalse(verified);
  if (isRehearsal(file)) return disputed({ code: 'other-result' });
  if (signer !== null) return signed(election, verified, file, signer);
  if (recount === null) return report(election);
  const prose = proseIn(election, revisionOf(file));
  return { state: 'recounted', outcome: statedOutcome(file), recount, file, prose };
}

const report = (election: Files): PublishedResult => ({ state: 'report', prose: proseIn(election, null) });

const signed = (
  election: Files,
  { recount }: Verification,
  file: ResultsFile,
  heldOn: ResultsKey | null,
): Signed => ({
  state: 'signed',
  outcome: statedOutcome(file),
  file,
  recount,
  heldOn,
  prose: proseIn(election, revisionOf(file)),
});

function fromBallots(election: PublishedInput['election'], csv: string): PublishedResult {
  try {
    const recount = countCsv(ruleOf(election), csv);
    return {
      state: 'recounted',
      outcome: dataOf(recount),
      recount,
      file: null,
      prose: proseIn(election, null),
    };
  } catch (error) {
    if (!(error instanceof BallotsFormatError) && !(error instanceof CountError)) throw error;
    return disputed({ code: 'ballots', why: error.message });
  }
}

/** The result on which box and files agree; null where there is none. */
export const agreedResult = (published: PublishedResult): Signed | Recounted | null =>
  published.state === 'signed' || published.state === 'recounted' ? published : null;

/** The outcome on which box and files agree; null where there is none. */
export const agreedOutcome = (published: PublishedResult): OutcomeData | null =>
  agreedResult(published)?.outcome ?? null;

/** Who is elected; null where no agreed result says so. The only headline there is. */
export const electedIn = (published: PublishedResult): readonly CandidateId[] | null =>
  agreedOutcome(published)?.seats.elected ?? null;

/**
 * Between whom the ballots leave how many seats open; with a `term` all of them sit, and it is open who serves it. null where
 * no agreed result says so.
 */
export const openTiesIn = (published: PublishedResult): OutcomeData['seats']['openTies'] | null =>
  agreedOutcome(published)?.seats.openTies ?? null;

/** What open data call the state of a result. */
export type ResultWord =
  | 'none'
  | 'waiting'
  | 'pending'
  | 'signed'
  | 'superseded'
  | 'disputed'
  | 'report'
  | 'recounted';

export const resultWord = ({ state }: PublishedResult): ResultWord =>
  state === 'before' || state === 'counting' ? 'none' : state;
