import type { Outcome } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import {
  backgroundSentence,
  headline,
  pairSentence,
  roundTable,
  seatSentences,
  standing,
  stepSentence,
  warningSentences,
} from '../outcome/index.ts';
import { say } from '../say.ts';
import { turnoutSentence } from '../turnout.ts';
import { escapeMarkdown, markdownList, markdownTable } from './markdown.ts';

export interface ResultsDocument {
  readonly outcome: Outcome;
  /** The name of the election; without it the heading is "Results". */
  readonly election?: string;
  /** How many people were on the roll, where that is known. */
  readonly eligible?: number;
  /** Names to show with the ids. */
  readonly names?: Names;
  /** Whether every pair and every step is told, too. */
  readonly full?: boolean;
  /** The commands that check the published files; without them nothing is said of checking. */
  readonly commands?: readonly string[];
}

/**
 * results.md, to be read and edited by election officers: the sentence first, then what became of the
 * seats, places, turnout, rounds and how to check. Its one writer. Places stand in a table, because Markdown
 * numbers lists by itself and would show other places than these.
 */
export function toResultsMarkdown(document: ResultsDocument, lang: Lang = 'en'): string {
  const { outcome, election, eligible = 0, full = false, commands = [] } = document;
  const names = withIds(outcome, document.names ?? {});
  const title =
    election === undefined ? say(lang, 'report', 'results') : say(lang, 'report', 'title', { election });
  const parts = [
    `# ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(headline(outcome, names, lang))}**`,
    ...[...seatSentences(outcome, names, lang), backgroundSentence(outcome, names, lang)].map(escapeMarkdown),
    ...section(say(lang, 'report', 'ranking'), ranking(outcome, names, lang)),
    ...section(say(lang, 'report', 'turnout'), turnoutSentence(outcome.counts.cast, eligible, lang)),
    ...section(say(lang, 'report', 'rounds'), rounds(outcome, names, lang)),
    ...(full ? inFull(outcome, names, lang) : []),
    ...section(say(lang, 'report', 'notes'), markdownList(warningSentences(outcome, names, lang))),
    ...section(say(lang, 'report', 'check'), check(commands, lang)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const section = (title: string, text: string): string[] => (text === '' ? [] : [`## ${title}`, text]);

/** "Ada Lovelace (ada)"; the id alone where it is the name. */
function withIds({ candidates }: Outcome, names: Names): Names {
  const entries = candidates.map((id) => {
    const name = nameOf(names, id);
    return [id, name === id ? id : `${name} (${id})`] as const;
  });
  return Object.fromEntries(entries);
}

const byPlace = ({ places }: Outcome): string[] => places.flatMap(({ candidates }) => candidates);

function ranking(outcome: Outcome, names: Names, lang: Lang): string {
  const head = [say(lang, 'report', 'place'), say(lang, 'report', 'candidate'), say(lang, 'report', 'seat')];
  const rows = outcome.places.flatMap(({ place, candidates }) =>
    candidates.map((id) => [
      candidates.length > 1 ? say(lang, 'report', 'place-tied', { n: place }) : String(place),
      escapeMarkdown(nameOf(names, id)),
      standing(outcome, id, lang),
    ]),
  );
  return `${markdownTable(head, rows)}\n\n${say(lang, 'report', 'method')}: ${say(lang, 'methods', outcome.method)}.`;
}

function rounds(outcome: Outcome, names: Names, lang: Lang): string {
  if (outcome.rounds.length === 0) return '';
  const [head = [], ...rows] = roundTable(outcome, names, lang);
  return markdownTable(
    head,
    rows.map(([who = '', ...cells]) => [escapeMarkdown(who), ...cells]),
  );
}

function inFull(outcome: Outcome, names: Names, lang: Lang): string[] {
  const order = byPlace(outcome);
  const shown = order.map((id) => escapeMarkdown(nameOf(names, id)));
  const rows = order.map((a, i) => [
    shown[i] ?? '',
    ...order.map((b) => (a === b ? '' : String(outcome.pairwise[a]?.[b]))),
  ]);
  const pairs = `${say(lang, 'report', 'pairs-lead')}\n\n${markdownTable(['', ...shown], rows)}`;
  return [
    ...section(say(lang, 'report', 'pairs'), order.length < 2 ? '' : pairs),
    ...section(
      say(lang, 'report', 'steps'),
      markdownList(outcome.steps.map((step) => stepSentence(step, outcome, names, lang))),
    ),
    ...section(
      say(lang, 'report', 'every-pair'),
      markdownList(outcome.explanation.map((pair) => pairSentence(outcome, pair, names, lang))),
    ),
  ];
}

function check(commands: readonly string[], lang: Lang): string {
  if (commands.length === 0) return '';
  const block = ['```sh', ...commands, '```'].join('\n');
  return [say(lang, 'report', 'check-lead'), block].join('\n\n');
}
