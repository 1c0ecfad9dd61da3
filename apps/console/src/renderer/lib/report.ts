/** A report that an officer can send to the operator without giving anything away. */
import { redact } from '../../shared/redact.ts';

/** The text of a report: what broke, where, in which version. Redacted. */
export function buildReport(error: unknown, about: Readonly<Record<string, string>>): string {
  const what =
    error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
  const facts = Object.entries(about).map(([name, value]) => `${name}: ${value}`);
  return redact([`Elekto console report`, ...facts, `page: ${pageKind()}`, '', what].join('\n'));
}

/** Which view, without the election it shows. */
function pageKind(): string {
  if (typeof window === 'undefined') return 'none';
  return window.location.hash.replace(/^(#\/elections\/)[^/]+/, '$1...') || '#/';
}
