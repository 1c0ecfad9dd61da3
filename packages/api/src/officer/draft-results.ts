import type { Election } from '@elekto/election';
import type { Outcome } from '@elekto/tally';

interface Counted {
  readonly outcome: Outcome;
  readonly cast: number;
  readonly eligible: number;
  readonly tieDecision: { readonly winners: readonly string[]; readonly how: string } | null;
}

/** The text of results.md: the sentence first, then the ranking, the turnout and how to check. */
export function draftResults(election: Election, { outcome, cast, eligible, tieDecision }: Counted): string {
  const named = namer(election);
  const { elected } = outcome.seats;
  const winners = tieDecision ? [...elected, ...tieDecision.winners] : elected;
  const turnout = eligible === 0 ? '' : ` (${((100 * cast) / eligible).toFixed(1)} %)`;
  const lines = [
    `# ${election.name}: results`,
    '',
    winners.length === 0
      ? 'Nobody is elected.'
      : `**${sentence(winners.map(named))} ${winners.length === 1 ? 'is' : 'are'} elected.**`,
    '',
    ...tieText(outcome, tieDecision, named),
    '## Ranking',
    '',
    ...outcome.places.map(
      ({ place, candidates }) =>
        `${place}. ${candidates.map(named).join(', ')}${candidates.length > 1 ? ' (tied)' : ''}`,
    ),
    '',
    '## Turnout',
    '',
    `${cast} of ${eligible} eligible voters cast a ballot${turnout}.`,
    '',
    '## Check it yourself',
    '',
    'Every ballot is in [ballots.csv](ballots.csv), in an order unrelated to when it was cast. Recount them with',
    '`elekto tally ballots.csv`, or check count, signature and your own ballot with `elekto verify ballots.csv results.json`.',
    '',
  ];
  return lines.join('\n');
}

function namer(election: Election): (id: string) => string {
  const names = new Map(election.candidates.map(({ id, name }) => [id as string, name]));
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

function tieText(
  outcome: Outcome,
  decision: Counted['tieDecision'],
  named: (id: string) => string,
): string[] {
  const tie = outcome.seats.boundaryTie;
  if (!tie) return [];
  const seats = tie.seats === 1 ? 'the last seat' : `the last ${tie.seats} seats`;
  const tied = `${sentence(tie.candidates.map(named))} are tied for ${seats}.`;
  return [
    decision
      ? `${tied} It was decided as follows: ${decision.how}`
      : `${tied} This has not been decided yet.`,
    '',
  ];
}
