/* eslint elekto/words-in-catalogue: off -- for whoever merges, in English as the repository's hosts are */
import { countedEndorsements, type Candidate, type Election } from '@elekto/election';
import { code, moment, plain } from './text.ts';

/** What a change does to the files of an election, one line of Markdown each. */
export function changesOf(before: Election | null, after: Election | null): readonly string[] {
  if (after === null) return ['The folder is removed.'];
  if (before === null)
    return [...factsOf(after), ...after.candidates.map((each) => `New candidate: ${who(each)}.`)];
  return [...definitionChanges(before, after), ...candidateChanges(before.candidates, after.candidates)];
}

const who = ({ name, id }: Candidate): string => `${plain(name)} (${code(id)})`;

function factsOf(election: Election): readonly string[] {
  return [
    `New election: ${plain(election.name)}, ${election.seats} ${election.seats === 1 ? 'seat' : 'seats'}, counted by ${election.counting.method}.`,
    `Voting from ${moment(election.opensAt)} to ${moment(election.closesAt)}.`,
    `${election.voters.length} people on the roll; officers: ${election.officers.map(code).join(', ') || 'none'}.`,
  ];
}

type Shown = (value: never) => string;
const json = (value: unknown): string => {
  const whole = JSON.stringify(value ?? null);
  return code(whole.length > 300 ? `${whole.slice(0, 300)}...` : whole);
};
const text = (): string => '';

/** What is said of a field that changed: both values, or that it did where they are texts. */
const FIELDS: Readonly<Partial<Record<keyof Election, readonly [what: string, shown: Shown]>>> = {
  name: ['Name', (value: string) => plain(value)],
  organization: ['Organisation', (value: string) => plain(value)],
  opensAt: ['Start of voting', (value: number) => moment(value)],
  closesAt: ['End of voting', (value: number) => moment(value)],
  exceptionsDueAt: ['Last moment for exception requests', (value: number) => moment(value)],
  seats: ['Seats', (value: number) => String(value)],
  counting: ['Counting', json],
  representationLimit: ['Limit on seats', json],
  houseRules: ['Rules about seats', json],
  allowNoOpinion: ['Whether candidates may be left unranked', json],
  deleteAfter: ['Whether links to ballots are destroyed', json],
  receipts: ['Receipts', json],
  turnout: ['Who sees the turnout', json],
  custody: ['Who keeps the key', (value: Election['custody']) => json(value?.file)],
  officers: ['Officers', (value: readonly string[]) => value.map(code).join(', ') || 'none'],
  officerAccounts: ["Numbers of the officers' accounts", json],
  approvals: ['Officers that a decision needs', json],
  shownFields: ['Fields that pages show', json],
  nominations: ['Nominations', json],
  body: ['Body', json],
  term: ['Term', json],
  eligibility: ['The text on who may vote', text],
  exceptionDescription: ['The text on exceptions', text],
  description: ['The description', text],
  template: ["The candidates' template", text],
  questions: ['The questions to candidates', text],
  results: ['The announcement of the result', text],
  resultsJson: ['The signed result', text],
  ballotsCsv: ['The published ballots', text],
};

function definitionChanges(before: Election, after: Election): readonly string[] {
  return Object.entries(FIELDS).flatMap(([name, [what, shown]]) => {
    const [old, now] = [before[name as keyof Election], after[name as keyof Election]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (shown === text) return [`${what}: ${old ? (now ? 'changed' : 'removed') : 'added'}.`];
    return [`${what}: ${shown(old as never)} becomes ${shown(now as never)}.`];
  });
}

function candidateChanges(before: readonly Candidate[], after: readonly Candidate[]): readonly string[] {
  const old = new Map(before.map((each) => [each.id, each]));
  const now = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !now.has(id));
  const renamed = new Map<string, Candidate>();
  for (const each of after.filter(({ id }) => !old.has(id))) {
    const same = gone.filter(({ name, file }) => name === each.name || file === each.file);
    if (same.length === 1 && same[0] !== undefined) renamed.set(each.id, same[0]);
  }
  const taken = new Set([...renamed.values()].map(({ id }) => id));
  return [
    ...after.flatMap((each) => {
      const was = old.get(each.id) ?? renamed.get(each.id);
      return was === undefined ? [`New candidate: ${who(each)}.`] : candidateChange(was, each);
    }),
    ...gone
      .filter(({ id }) => !taken.has(id))
      .map((each) => `${who(each)} no longer has a file, or none that can be read.`),
  ];
}

function candidateChange(was: Candidate, is: Candidate): readonly string[] {
  const said: string[] = [];
  if (was.id !== is.id) said.push(`has another ID than ${code(was.id)}: to ballots that is somebody else`);
  if (was.name !== is.name) said.push(`is called ${plain(is.name)} instead of ${plain(was.name)}`);
  if (!was.withdrawn && is.withdrawn) said.push('withdraws');
  if (was.withdrawn && !is.withdrawn) said.push('stands again');
  if (JSON.stringify(was.fields) !== JSON.stringify(is.fields)) said.push('has other fields');
  const [old, now] = [countedEndorsements(was), countedEndorsements(is)];
  if (old !== now) said.push(`has ${now} endorsements that count instead of ${old}`);
  if (was.bio !== is.bio) said.push('has another profile');
  return said.length === 0 ? [] : [`${who(is)} ${said.join(', ')}.`];
}

/** Who is new or written anew: whose page is worth a look. */
export function touchedCandidates(before: Election | null, after: Election): readonly Candidate[] {
  const old = new Map(
    before?.candidates.map((each) => [each.id, JSON.stringify({ ...each, endorsedBy: null })]) ?? [],
  );
  return after.candidates.filter(
    (each) => old.get(each.id) !== JSON.stringify({ ...each, endorsedBy: null }),
  );
}
