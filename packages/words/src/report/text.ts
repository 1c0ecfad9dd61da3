import type { Outcome } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import {
  headline,
  pairSentence,
  roundTable,
  seatSentences,
  standing,
  stepSentence,
  warningSentences,
} from '../outcome/index.ts';
import { say } from '../say.ts';
import { columns } from './columns.ts';

/** The outcome for a terminal: the sentence first, then places, pairs, rounds, steps and warnings. */
export function toText(outcome: Outcome, names: Names = {}, lang: Lang = 'en'): string {
  const sections = [
    [headline(outcome, names, lang), ...seatSentences(outcome, names, lang), ...counted(outcome, lang)],
    warningSentences(outcome, names, lang).map((text) => say(lang, 'report', 'note', { text })),
    titled(say(lang, 'report', 'places'), places(outcome, names, lang)),
    condorcet(outcome, names, lang),
    pairs(outcome, names, lang),
    titled(
      say(lang, 'report', 'rounds'),
      outcome.rounds.length > 0 ? columns(roundTable(outcome, names, lang)) : [],
    ),
    titled(
      say(lang, 'report', 'steps'),
      outcome.steps.map((step) => `  ${stepSentence(step, outcome, names, lang)}`),
    ),
    titled(
      say(lang, 'report', 'every-pair'),
      outcome.explanation.map((pair) => `  ${pairSentence(outcome, pair, names, lang)}`),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines];

function counted({ method, counts, options }: Outcome, lang: Lang): string[] {
  return [
    say(lang, 'report', 'counted', {
      method: say(lang, 'methods', method),
      n: counts.cast,
      blank: counts.blank,
    }),
    say(lang, 'report', 'options', {
      strength: options.strength,
      unranked: options.unranked,
      secondary: say(lang, 'report', options.secondary ? 'on' : 'off'),
      order: options.order,
    }),
  ];
}

function places(outcome: Outcome, names: Names, lang: Lang): string[] {
  const rows = outcome.places.flatMap(({ place, candidates }) =>
    candidates.map((id) => [
      `${place}${candidates.length > 1 ? ' =' : ''}`,
      nameOf(names, id),
      standing(outcome, id, lang),
    ]),
  );
  return columns(rows);
}

function condorcet(outcome: Outcome, names: Names, lang: Lang): string[] {
  const { condorcetWinner, condorcetLoser, smith, schwartz, candidates } = outcome;
  if (candidates.length < 2) return [];
  const one = (id: string | null): string => (id === null ? say(lang, 'report', 'none') : nameOf(names, id));
  const ids = (of: readonly string[]): string => of.map((id) => nameOf(names, id)).join(', ');
  return [
    say(lang, 'report', 'condorcet', { winner: one(condorcetWinner), loser: one(condorcetLoser) }),
    say(lang, 'report', 'smith', { ids: ids(smith) }),
    say(lang, 'report', 'schwartz', { ids: ids(schwartz) }),
  ];
}

function pairs(outcome: Outcome, names: Names, lang: Lang): string[] {
  const order = outcome.places.flatMap(({ candidates }) => candidates);
  if (order.length < 2) return [];
  const rows = order.map((a, i) => [
    `${i + 1} ${nameOf(names, a)}`,
    ...order.map((b) => (a === b ? '-' : String(outcome.pairwise[a]?.[b]))),
  ]);
  return [
    say(lang, 'report', 'pairs-heading'),
    ...columns([['', ...order.map((_, i) => String(i + 1))], ...rows], true),
  ];
}
