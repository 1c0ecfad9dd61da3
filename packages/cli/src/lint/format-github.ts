import type { Diagnostic } from '@elekto/election';
import type { LintReport } from './lint-paths.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** GitHub's workflow commands: every problem becomes an annotation at its line of the pull request. */
export function toGithub(report: LintReport): string {
  const all = [...report.elections, ...report.files]
    .flatMap((part) => part.diagnostics)
    .concat(report.diagnostics);
  const { errors, warnings } = report.summary;
  return `${[...all.map(annotation), `${errors} errors, ${warnings} warnings`].join('\n')}\n`;
}

function annotation({ severity, file, line, column, code, message, hint }: Diagnostic): string {
  const place = line > 0 ? `,line=${line},col=${Math.max(column, 1)}` : '';
  const text = hint ? `${message} ${hint}` : message;
  return `::${LEVELS[severity]} file=${property(file)}${place},title=${property(code)}::${escape(text)}`;
}

/** See actions/toolkit: workflow commands escape these, and in properties two more. */
function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
