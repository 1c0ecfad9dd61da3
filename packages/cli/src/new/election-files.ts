import { PLACEHOLDERS } from '@elekto/election';
import { Document } from 'yaml';

export interface NewElection {
  readonly name: string;
  /** '' where the name says it. */
  readonly body: string;
  readonly organization: string;
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  readonly start: string;
  readonly end: string;
  readonly seats: number;
  readonly officers: readonly string[];
  readonly voters: readonly string[];
  readonly method: string;
  /** Markdown for voters. */
  readonly eligibility: string;
  readonly exceptions: string;
  readonly description: string;
}

const DASHES = '-'.repeat(61);

/** The files of a new election by name; all that is left to say of them is what is to be filled in. */
export function electionFiles(election: NewElection): Readonly<Record<string, string>> {
  return {
    'election.yaml': definition(election),
    'voters.yaml': roll(election),
    'election_desc.md': description(election),
    'candidate-template.md': template(),
  };
}

function definition(election: NewElection): string {
  const document = new Document({
    name: election.name,
    ...(election.body === '' ? {} : { body: election.body }),
    organization: election.organization,
    start_datetime: election.start,
    end_datetime: election.end,
    no_winners: election.seats,
    allow_no_opinion: true,
    delete_after: true,
    show_candidate_fields: ['employer'],
    election_officers: election.officers,
    eligibility: election.eligibility,
    exception_description: election.exceptions,
    exception_due: election.end,
    ...(election.method === 'schulze' ? {} : { method: election.method }),
  });
  document.commentBefore = ' All times are UTC; both ends are inclusive.';
  return document.toString({ lineWidth: 0 });
}

function roll({ voters }: NewElection): string {
  const document = new Document({ eligible_voters: voters });
  document.commentBefore = ' Logins of everyone who may vote, one a line. Note changes here:';
  return document.toString();
}

/** election_desc.md. */
export function description({ name, description: text }: Pick<NewElection, 'name' | 'description'>): string {
  return `# ${name}\n\n${text || PLACEHOLDERS.description}\n`;
}

/** candidate-template.md. */
export function template(): string {
  return [
    DASHES,
    'name: Your Name',
    'ID: GitHubID',
    'info:',
    '  - employer: Your employer or "Independent"',
    DASHES,
    '',
    '<!-- Copy this file to candidate-<your login>.md and fill it in. -->',
    '',
    '## What I have done',
    '',
    "## What I'll do",
    '',
  ].join('\n');
}
