import type { Diagnostic } from '@elekto/election';
import { describe } from './format-json.ts';
import { printable } from '../terminal.ts';
import type { LintReport } from './lint-paths.ts';

/** For people: what was read, then one problem a line as editors understand it, with what to do below it. */
export function toText(report: LintReport): string {
  const problem = (each: Diagnostic): string[] => problemText(each, lineIn(report.texts, each));
  const lines: string[] = [];
  for (const { key, election, diagnostics } of report.elections) {
    const size = election
      ? `${election.name}: ${plural(election.candidates.length, 'candidate')}, ${plural(election.voters.length, 'voter')}`
      : 'cannot be read';
    lines.push(`${key}  ${printable(size)}`, ...diagnostics.flatMap(problem));
  }
  for (const file of report.files) {
    if (file.kind === 'candidate' && file.candidate) lines.push(JSON.stringify(describe(file.candidate)));
    else if (file.kind === 'voters') lines.push(`${file.file}  ${plural(file.voters, 'voter')}`);
    else
      lines.push(
        `${file.file}  ${file.kind === 'definition' && file.name ? printable(file.name) : file.kind}`,
      );
    lines.push(...file.diagnostics.flatMap(problem));
  }
  lines.push(...report.diagnostics.flatMap(problem));
  const { errors, warnings } = report.summary;
  lines.push(`${plural(errors, 'error')}, ${plural(warnings, 'warning')}`);
  return `${lines.join('\n')}\n`;
}

/** What is wrong, the line with a caret below the place where it is known, and what to do. */
export function problemText(
  { severity, file, line, column, code, message, hint }: Diagnostic,
  source = '',
): string[] {
  const place = line > 0 ? `:${line}:${Math.max(column, 1)}` : '';
  const said = [`  ${file}${place}: ${severity}: ${message} [${code}]`, ...(hint ? [`      ${hint}`] : [])];
  return [...said.slice(0, 1), ...caret(source, column), ...said.slice(1)].map(printable);
}

function lineIn(texts: ReadonlyMap<string, string>, { file, line }: Diagnostic): string {
  return line > 0 ? ((texts.get(file) ?? '').split(/\r\n|\n|\r/, line)[line - 1] ?? '') : '';
}

/** The part of a line around a column, and a caret below it. Tabs are one column wide in both. */
function caret(line: string, column: number): readonly string[] {
  if (line.trim() === '' || column < 1 || column > line.length + 1) return [];
  const from = Math.max(0, column - 1 - AROUND);
  const shown = line.slice(from, column - 1 + AROUND).replaceAll('\t', ' ');
  const before = from > 0 ? '...' : '';
  // Wide letters take two columns of a terminal, marks none: the caret goes where the text in front of it ends.
  const width = widthOf(before + shown.slice(0, column - 1 - from));
  return [`      | ${before}${shown}`, `      | ${' '.repeat(width)}^`];
}

const AROUND = 60;

function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width +=
      /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Extended_Pictographic}/u.test(
        segment,
      )
        ? 2
        : 1;
  return width;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
