import type { Diagnostic } from '@elekto/election';
import type { LintReport } from './lint-paths.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0, for code scanning and editors. */
export function toSarif(report: LintReport): string {
  const all = [...report.elections, ...report.files]
    .flatMap((part) => part.diagnostics)
    .concat(report.diagnostics);
  const rules = [...new Set(all.map((diagnostic) => diagnostic.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'elekto lint', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: all.map((diagnostic) => result(diagnostic, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(
  { code, severity, file, line, column, message, hint }: Diagnostic,
  rules: readonly string[],
): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  const region = line > 0 ? { region: { startLine: line, startColumn: Math.max(column, 1) } } : {};
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: LEVELS[severity],
    message: { text: hint ? `${message} ${hint}` : message },
    locations: [{ physicalLocation: { artifactLocation: { uri }, ...region } }],
  };
}
