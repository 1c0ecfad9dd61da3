import type { Election } from '@elekto/election';
import { nameCandidates, type Outcome } from '@elekto/tally';

interface Counted {
  readonly outcome: Outcome;
  readonly cast: number;
  readonly eligible: number;
}

type Naming = (id: string) => string;

/** The text of results.md: the sentence first, then ties, ranking, turnout and how to check. */
export function draftResults(election: Election, { outcome, cast, eligible }: Counted): string {
  const named = namer(election);
  const turnout = eligible === 0 ? '' : ` (${((100 * cast) / eligible).toFixed(1)} %)`;
  return [
    `# ${election.name}: results`,
    '',
    winnersText(outcome, named),
    '',
    ...remarks(outcome, election, named),
    '## Ranking',
    '',
    ...outcome.places.map(({ place, candidates }) => {
      const tied = candidates.length > 1 ? ' (tied)' : '';
      return `${place}. ${candidates.map(named).join(', ')}${tied}`;
    }),
    '',
    '## Turnout',
    '',
    `${cast} of ${eligible} eligible voters cast a ballot${turnout}.`,
    '',
    '## Check it yourself',
    '',
    'Every ballot is in [ballots.csv](ballots.csv), in an order unrelated to when it was cast. Recount them with',
    '`elekto tally ballots.csv`; check count, signature and your own ballot with',
    '`elekto verify ballots.csv results.json`.',
    '',
  ].join('\n');
}

function winnersText({ seats }: Outcome, named: Naming): string {
  if (seats.elected.length === 0) return 'Nobody is elected.';
  return `**${sentence(seats.elected.map(named))} ${seats.elected.length === 1 ? 'is' : 'are'} elected.**`;
}

const namesOf = (election: Election): ReadonlyMap<string, string> =>
  new Map(election.candidates.map(({ id, name }) => [id as string, name]));

function namer(election: Election): Naming {
  const names = namesOf(election);
  return (id) => {
    const name = names.get(id);
    return name === undefined || name === id ? escape(id) : `${escape(name)} (${escape(id)})`;
  };
}

function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}

function sentence(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

const seatsText = (seats: number): string => (seats === 1 ? 'the last seat' : `the last ${seats} seats`);

/** Ties at the last seat, decided or not, and who was passed over by a limit. */
function remarks({ seats, candidates }: Outcome, election: Election, named: Naming): string[] {
  const names = namesOf(election);
  const said = (text: string): string =>
    escape(nameCandidates(text, candidates, (id) => names.get(id) ?? id));
  const decided = seats.decisions.map(
    (tie) =>
      `${sentence(tie.candidates.map(named))} were tied for ${seatsText(tie.seats)}. How it was decided: ${tie.how}`,
  );
  const open = seats.openTies.map(
    (tie) =>
      `${sentence(tie.candidates.map(named))} are tied for ${seatsText(tie.seats)}. This has not been decided yet.`,
  );
  const skipped = seats.skipped.map(
    ({ candidate, reason }) => `${named(candidate)} was passed over. ${said(reason)}`,
  );
  return [...decided, ...open, ...skipped].flatMap((line) => [line, '']);
}
