import { methodNamed } from '../methods/registry.ts';
import type { Outcome } from '../model.ts';
import { ballots } from '../words.ts';
import { roundTable } from './rounds.ts';
import { seatSentences, standing } from './seat-words.ts';
import { columns } from './table.ts';

/** The outcome for a terminal: the sentence first, then places, pairs, rounds, steps and warnings. */
export function toText(outcome: Outcome): string {
  const { counts, options } = outcome;
  const sections = [
    [
      ...seatSentences(outcome),
      `${methodNamed(outcome.method).title}, ${ballots(counts.cast)}, ${counts.blank} blank.`,
      `strength ${options.strength}, unranked ${options.unranked}, secondary ${options.secondary ? 'on' : 'off'}, order ${options.order}`,
    ],
    outcome.warnings.map(({ message }) => `Note: ${message}`),
    places(outcome),
    condorcet(outcome),
    pairs(outcome),
    outcome.rounds.length > 0 ? ['Rounds', ...columns(roundTable(outcome))] : [],
    outcome.steps.length > 0 ? ['Steps', ...outcome.steps.map(({ message }) => `  ${message}`)] : [],
    outcome.explanation.length > 0
      ? ['Pairs', ...outcome.explanation.map(({ sentence }) => `  ${sentence}`)]
      : [],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function places(outcome: Outcome): string[] {
  const rows = outcome.places.flatMap(({ place, candidates }) =>
    candidates.map((id) => [`${place}${candidates.length > 1 ? ' =' : ''}`, id, standing(outcome, id)]),
  );
  return rows.length === 0 ? [] : ['Places', ...columns(rows)];
}

function condorcet({ condorcetWinner, condorcetLoser, smith, schwartz, candidates }: Outcome): string[] {
  if (candidates.length < 2) return [];
  return [
    `Condorcet winner: ${condorcetWinner ?? 'none'}; Condorcet loser: ${condorcetLoser ?? 'none'}`,
    `Smith set: ${smith.join(', ')}`,
    `Schwartz set: ${schwartz.join(', ')}`,
  ];
}

function pairs(outcome: Outcome): string[] {
  const order = outcome.places.flatMap(({ candidates }) => candidates);
  if (order.length < 2) return [];
  const rows = order.map((a, i) => [
    `${i + 1} ${a}`,
    ...order.map((b) => (a === b ? '-' : String(outcome.pairwise[a]?.[b]))),
  ]);
  return [
    'Ballots that prefer the row to the column',
    ...columns([['', ...order.map((_, i) => String(i + 1))], ...rows], true),
  ];
}
