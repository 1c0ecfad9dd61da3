import type { Diagnostic, Election, Instant, ReadElection } from '../model.ts';
import { phaseAt } from '../phase.ts';
import { Report } from '../report.ts';

type Judged = Pick<
  Election,
  'opensAt' | 'closesAt' | 'organization' | 'officers' | 'eligibility' | 'exceptionDescription'
> & { readonly description?: string };

/** Something that is held as it stands, and is probably not meant. */
export interface Doubt {
  readonly code: string;
  /** Of election.yaml, or the name of the file beside it. */
  readonly field: string;
  readonly message: string;
  readonly hint: string;
}

const HOUR = 3_600_000;
const SHORTEST = 72 * HOUR;

/** What a new election says where nobody has said anything yet. */
export const PLACEHOLDERS = {
  organization: 'Our organization',
  officer: 'octocat',
  eligibility: 'Say here who may vote.',
  exceptions: 'Say here who may ask to be added to the voters, and why.',
  description: 'Say here what is decided, by whom, and where to ask.',
} as const;

/** What of an election that is still to come is probably not meant, in the order of the file. */
export function doubtsAbout(election: Judged): readonly Doubt[] {
  const { opensAt, closesAt, officers } = election;
  const doubts: (Doubt | false)[] = [
    election.organization === PLACEHOLDERS.organization && placeholder('organization', 'who holds it'),
    closesAt - opensAt < SHORTEST && {
      code: 'voting-short',
      field: 'end_datetime',
      message: 'Voting takes less than three days, and some people are away.',
      hint: 'Move "start_datetime" or "end_datetime", unless this is what you want.',
    },
    closesAt % (24 * HOUR) === 0 && {
      code: 'end-at-midnight',
      field: 'end_datetime',
      message: `Voting ends as ${new Date(closesAt).toISOString().slice(0, 10)} begins, and nobody votes on that day.`,
      hint: 'Write 23:59:59 for the end of a day.',
    },
    officers.includes(PLACEHOLDERS.officer) &&
      placeholder('election_officers', `the logins of yours ("${PLACEHOLDERS.officer}" is somebody else)`),
    election.eligibility.trim() === PLACEHOLDERS.eligibility && placeholder('eligibility', 'who may vote'),
    election.exceptionDescription.trim() === PLACEHOLDERS.exceptions &&
      placeholder('exception_description', 'who may ask for an exception'),
    election.description?.includes(PLACEHOLDERS.description) === true &&
      placeholder('election_desc.md', 'what is decided and where to ask'),
  ];
  return doubts.filter((each) => each !== false);
}

const placeholder = (field: string, what: string): Doubt => ({
  code: 'placeholder-left',
  field,
  message: `"${field}" is still what a new election has.`,
  hint: `Write ${what}.`,
});

/** The same where each stands in election.yaml; nothing once voting has begun. */
export function checkMeant(
  { election, folder }: ReadElection,
  text: string,
  now: Instant,
): readonly Diagnostic[] {
  if (election === null || phaseAt(election, now) !== 'upcoming') return [];
  const lines = text.split('\n');
  const report = new Report(`${folder}/election.yaml`);
  for (const { code, field, message, hint } of doubtsAbout(election)) {
    const line = lines.findIndex((each) => each.startsWith(`${field}:`)) + 1;
    report.warning(code, { line, column: line === 0 ? 0 : 1 }, message, hint);
  }
  return report.diagnostics;
}
