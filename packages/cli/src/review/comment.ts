/* eslint elekto/words-in-catalogue: off -- for whoever merges, in English as the repository's hosts are */
import {
  phaseAt,
  type Candidate,
  type Diagnostic,
  type Election,
  type Instant,
  withAccount,
} from '@elekto/election';
import { renderMarkdown } from '@elekto/election/markdown';
import { differenceOf } from '@elekto/roll';
import { rollDifference } from '@elekto/words';
import { changesOf, touchedCandidates } from './changes.ts';
import { effectOf } from './effect.ts';
import type { State } from './state-at.ts';
import { block, code, moment, plain } from './text.ts';

/** By it the comment is found again, and kept up to date instead of written anew. */
export const MARK = '<!-- elekto review -->';

/** GitHub takes 65,536 characters. */
const ROOM = 60_000;
const MOST_PROFILES = 10;
const MOST_PROBLEMS = 40;
const MOST_LOGINS = 60;
/** Each of some hundred characters. */
const MOST_LINES = 40;
const MOST_ELECTIONS = 20;

/**
 * What a merge of `head` onto `base` would do, as a comment in Markdown, with a link to where pictures of the pages are. Texts of the
 * files have no effect in it.
 */
export async function commentOf(
  base: State,
  head: State,
  now: Instant,
  picturesAt?: string,
): Promise<string> {
  const keys = [...new Set([...base.elections.keys(), ...head.elections.keys()])].sort();
  const touched: (readonly string[])[] = [];
  for (const key of keys) {
    const section = await sectionOf(key, base, head, now);
    if (section.length > 0) touched.push(section);
  }
  const parts = [
    `${MARK}\n## What this change does to the elections`,
    problems(base, head),
    picturesAt !== undefined && touched.length > 0
      ? `**[Pictures of the pages as they would look](${picturesAt.replaceAll('(', '%28').replaceAll(')', '%29')})**`
      : '',
    ...touched.slice(0, MOST_ELECTIONS).flat(),
    ...(touched.length > MOST_ELECTIONS ? [`And ${touched.length - MOST_ELECTIONS} more elections.`] : []),
    ...(touched.length === 0
      ? ['No election reads differently: nothing changes on the site, on ballots or in a count.']
      : []),
    `<sub>For ${code(head.commit.slice(0, 12))}, against ${code(base.commit.slice(0, 12))}, as of ${moment(now)}. Whether somebody has voted stands in no file; the officers' console knows.</sub>`,
  ];
  return `${fitting(parts.filter((part) => part !== '')).join('\n\n')}\n`;
}

/**
 * The parts that there is room for, candidates' pages last and each part whole: a cut within a block of somebody's text would take
 * the word that there is more into it, where nobody sees it.
 */
function fitting(parts: readonly string[]): readonly string[] {
  const numbered = parts.map((part, at) => ({ part, at, isPage: part.startsWith('<details>') }));
  const taken = new Set<number>();
  let room = ROOM;
  for (const { part, at } of numbered.toSorted((a, b) => Number(a.isPage) - Number(b.isPage))) {
    room -= part.length + 2;
    if (room < 0) break;
    taken.add(at);
  }
  const shown = parts.filter((_, at) => taken.has(at));
  if (shown.length === parts.length) return shown;
  const [mark = '', ...rest] = shown;
  return [
    mark,
    '**Not all of it is here, as there is too much for a comment: `elekto review` shows it.**',
    ...rest,
  ];
}

/** Problems that the change brings, then how many it mends and leaves. */
function problems(base: State, head: State): string {
  const [before, after] = [base.diagnostics, head.diagnostics];
  const keyIn = (state: State): ((each: Diagnostic) => string) => {
    const people = candidatesByFile(state);
    return ({ file, code: name, message }) => `${people.get(file) ?? file}\n${name}\n${message}`;
  };
  const [oldKey, key] = [keyIn(base), keyIn(head)];
  const known = new Set(before.map(oldKey));
  const still = new Set(after.map(key));
  const worth = after.filter((each) => each.severity !== 'info');
  const fresh = worth.filter((each) => !known.has(key(each)));
  const errors = fresh.filter(({ severity }) => severity === 'error');
  const mended = before.filter((each) => each.severity !== 'info' && !still.has(oldKey(each))).length;
  const left = worth.length - fresh.length;
  const rest = [
    ...(mended > 0 ? [`It mends ${count(mended, 'problem')}.`] : []),
    ...(left > 0 ? [`${count(left, 'problem')} ${left === 1 ? 'was' : 'were'} there before.`] : []),
  ].join(' ');
  if (fresh.length === 0) return `The linter finds nothing new to mend. ${rest}`.trim();
  const line = (each: Diagnostic): string =>
    `- ${each.severity === 'error' ? '**Error**' : 'Warning'} in ${code(each.file)}${each.line > 0 ? `, line ${each.line}` : ''}: ${plain(each.message)} ${plain(each.hint)}`.trim();
  const sorted = [...errors, ...fresh.filter(({ severity }) => severity !== 'error')];
  return [
    `### To mend: ${count(errors.length, 'error')}, ${count(fresh.length - errors.length, 'warning')}`,
    '',
    ...sorted.slice(0, MOST_PROBLEMS).map(line),
    ...(sorted.length > MOST_PROBLEMS ? [`- and ${sorted.length - MOST_PROBLEMS} more`] : []),
    ...(rest === '' ? [] : ['', rest]),
  ].join('\n');
}

/** Whose each file is: a problem of a file that is called otherwise now is none that the change brings. */
function candidatesByFile({ elections }: State): ReadonlyMap<string, string> {
  const people = [...elections.values()].flatMap(({ folder, election }) =>
    (election?.candidates ?? []).map(
      ({ file, id }) => [file.includes('/') ? file : `${folder}/${file}`, `${folder} ${id}`] as const,
    ),
  );
  return new Map(people);
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** Parts of Markdown about an election; none where it reads as before. */
async function sectionOf(key: string, base: State, head: State, now: Instant): Promise<readonly string[]> {
  const [old, made] = [base.elections.get(key), head.elections.get(key)];
  const [before, after] = [old?.election ?? null, made?.election ?? null];
  const folder = (made ?? old)?.folder ?? '';
  const title = `### ${plain((after ?? before)?.name ?? key)} (${code(folder)})`;
  if (made !== undefined && after === null)
    return old !== undefined && before === null
      ? []
      : [
          `${title}\n\nIts election.yaml cannot be read: a server keeps the last version that could be, and a new election does not appear.`,
        ];
  const changes = changesOf(before, after);
  const roll = await rollChanges(before, after, folder, base, head);
  if (before !== null && after !== null && changes.length === 0 && roll === '') return [];
  if (before === null && after === null) return [];
  const effect = effectOf(before, after, now);
  const phase = before ?? after;
  return [
    title,
    phase === null
      ? ''
      : `Now: ${{ upcoming: 'coming up', open: 'voting is open', ended: 'over' }[phaseAt(phase, now)]}.`,
    lines(changes),
    `**If it is merged now:**\n\n${lines(effect.map(plain))}`,
    roll,
    ...(after === null ? [] : profiles(touchedCandidates(before, after), after)),
  ].filter((part) => part !== '');
}

/** A list, of which the part that a comment can bear is shown. */
function lines(all: readonly string[]): string {
  const more = all.length > MOST_LINES ? [`and ${all.length - MOST_LINES} more`] : [];
  return [...all.slice(0, MOST_LINES), ...more].map((line) => `- ${line}`).join('\n');
}

async function rollChanges(
  before: Election | null,
  after: Election | null,
  folder: string,
  base: State,
  head: State,
): Promise<string> {
  if (before === null || after === null) return '';
  const [rowsBefore, rows] = [await base.evidence(folder), await head.evidence(folder)];
  const difference = differenceOf(
    { voters: before.voters.map(withAccount), rows: rowsBefore },
    { voters: after.voters.map(withAccount), rows },
  );
  const { added, removed } = difference;
  if (added.length + removed.length === 0) return '';
  const isSaid = rowsBefore.length + rows.length > 0;
  const shown = isSaid
    ? rollDifference(difference, 'en').slice(0, -1)
    : [...added.map(({ voter }) => `+ ${voter}`), ...removed.map(({ voter }) => `- ${voter}`)];
  const more = shown.length > MOST_LOGINS ? [`... and ${shown.length - MOST_LOGINS} more`] : [];
  const why = !isSaid ? ' There is no roll-evidence.csv that says why.' : '';
  return `**The roll**: ${added.length} added, ${removed.length} removed, ${difference.same} as before.${why}\n\n${block([...shown.slice(0, MOST_LOGINS), ...more].join('\n'), 'diff')}`;
}

function profiles(candidates: readonly Candidate[], { shownFields }: Election): readonly string[] {
  const shown = candidates.slice(0, MOST_PROFILES).map((candidate) => {
    const { name, id, fields, bio } = candidate;
    const words = asText(bio);
    const facts = fields
      .filter((field) => shownFields.includes(field.name))
      .map((field) => `${field.name}: ${field.value}`);
    const page = [name, ...facts, '', words.length > 1_500 ? `${words.slice(0, 1_500)} ...` : words]
      .join('\n')
      .trim();
    return `<details><summary>How the page of ${code(id)} reads</summary>\n\n${block(page)}\n\n</details>`;
  });
  const more = candidates.length - shown.length;
  return [...shown, ...(more > 0 ? [`And the pages of ${more} more.`] : [])];
}

/** The words that a page shows of Markdown, with its paragraphs. */
function asText(markdown: string): string {
  return renderMarkdown(markdown, 2)
    .replace(/<li>/g, '- ')
    .replace(/<\/(?:p|h\d|li|tr|pre|blockquote)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, dec: string) => String.fromCodePoint(Number(dec)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
