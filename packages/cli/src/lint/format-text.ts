import type { Diagnostic } from '@elekto/election';
import { describe } from './format-json.ts';
import type { LintReport } from './lint-paths.ts';

/** For people: what was read, then one problem a line as editors understand it, with what to do below it. */
export function toText(report: LintReport): string {
  const lines: string[] = [];
  for (const { key, election, diagnostics } of report.elections) {
    const size = election
      ? `${election.name}: ${plural(election.candidates.length, 'candidate')}, ${plural(election.voters.length, 'voter')}`
      : 'cannot be read';
    lines.push(`${key}  ${printable(size)}`, ...diagnostics.flatMap(problemText));
  }
  for (const file of report.files) {
    if (file.kind === 'candidate' && file.candidate) lines.push(JSON.stringify(describe(file.candidate)));
    else if (file.kind === 'voters') lines.push(`${file.file}  ${plural(file.voters, 'voter')}`);
    else
      lines.push(
        `${file.file}  ${file.kind === 'definition' && file.name ? printable(file.name) : file.kind}`,
      );
    lines.push(...file.diagnostics.flatMap(problemText));
  }
  lines.push(...report.diagnostics.flatMap(problemText));
  const { errors, warnings } = report.summary;
  lines.push(`${plural(errors, 'error')}, ${plural(warnings, 'warning')}`);
  return `${lines.join('\n')}\n`;
}

export function problemText({ severity, file, line, column, code, message, hint }: Diagnostic): string[] {
  const place = line > 0 ? `:${line}:${Math.max(column, 1)}` : '';
  const what = `  ${file}${place}: ${severity}: ${message} [${code}]`;
  return hint ? [printable(what), printable(`      ${hint}`)] : [printable(what)];
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** A file's text must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
