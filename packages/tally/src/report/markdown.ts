import { methodNamed } from '../methods/registry.ts';
import type { Outcome } from '../model.ts';
import { nameCandidates } from './name-candidates.ts';
import { roundTable } from './rounds.ts';
import { seatSentences, standing } from './seat-words.ts';

export interface MarkdownOptions {
  /** The heading; "Results" when absent. */
  readonly title?: string;
  /** How many people could vote, when it is to be shown. */
  readonly eligible?: number;
  /** Names to show with the ids. */
  readonly names?: ReadonlyMap<string, string>;
}

/** A draft of results.md, in the shape organisations publish, to be read and edited by election officers. */
export function toMarkdown(outcome: Outcome, options: MarkdownOptions = {}): string {
  const { counts, seats } = outcome;
  const show = (id: string): string => named(id, options.names);
  const say = (text: string): string =>
    escape(nameCandidates(text, outcome.candidates, (id) => options.names?.get(id) ?? id));
  const parts = [
    `# ${escape(options.title ?? 'Results')}`,
    [
      `- Number of seats open: ${seats.available}`,
      ...(options.eligible === undefined ? [] : [`- Number of eligible voters: ${options.eligible}`]),
      `- Number of votes cast: ${counts.cast}`,
      ...turnout(counts.cast, options.eligible),
      `- Counting method: ${methodNamed(outcome.method).title}`,
    ].join('\n'),
    '## Winners',
    winners(outcome, show),
    ...seatSentences(outcome)
      .slice(seats.elected.length > 0 ? 1 : 0)
      .map(say),
    '## Complete ranking',
    table(
      ['Place', 'Candidate', ''],
      outcome.places.flatMap(({ place, candidates }) =>
        candidates.map((id) => [String(place), show(id), standing(outcome, id)]),
      ),
    ),
    '## Pairwise comparison',
    'Each cell is the number of ballots that prefer the candidate of the row to the candidate of the column.',
    pairs(outcome, show),
    ...(outcome.rounds.length === 0 ? [] : ['## Rounds', rounds(outcome)]),
    ...(outcome.steps.length === 0
      ? []
      : ['## Steps', list(outcome.steps.map(({ message }) => say(message)))]),
    ...(outcome.warnings.length === 0
      ? []
      : ['## Notes', list(outcome.warnings.map(({ message }) => say(message)))]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function winners({ seats }: Outcome, show: (id: string) => string): string {
  if (seats.elected.length === 0) return 'No seat is decided by the ballots.';
  return seats.elected.map((id, i) => `${i + 1}. ${show(id)}`).join('\n');
}

function turnout(cast: number | bigint, eligible: number | undefined): string[] {
  if (eligible === undefined || eligible === 0) return [];
  return [`- Turnout: ${((Number(cast) * 100) / eligible).toFixed(1)}%`];
}

function pairs(outcome: Outcome, show: (id: string) => string): string {
  const order = outcome.places.flatMap(({ candidates }) => candidates);
  const rows = order.map((a) => [
    show(a),
    ...order.map((b) => (a === b ? '' : String(outcome.pairwise[a]?.[b]))),
  ]);
  return table(['', ...order.map(show)], rows);
}

function rounds(outcome: Outcome): string {
  const [head = [], ...rows] = roundTable(outcome);
  return table(
    head,
    rows.map(([id = '', ...cells]) => [escape(id), ...cells]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function named(id: string, names: ReadonlyMap<string, string> | undefined): string {
  const name = names?.get(id);
  return name === undefined || name === id ? escape(id) : `${escape(name)} (${escape(id)})`;
}

/** Text that Markdown shows as it is, on one line. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&').replace(/\s+/g, ' ');
}
