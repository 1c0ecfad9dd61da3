/** A report that an officer can send to the operator without giving anything away. */

const REDACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[\w.~+/-]+=*/gi, 'Bearer [removed]'],
  [/\bgh[a-z]_[A-Za-z0-9]{10,}/g, '[removed token]'],
  [/\bgithub_pat_\w+/g, '[removed token]'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[removed address]'],
  [/([?&](?:code|state|token|challenge|verifier)=)[^&\s"']+/gi, '$1[removed]'],
  [
    /(["']?(?:token|passphrase|password|authKey|verifier|secret|cookie)["']?\s*[:=]\s*)["']?[^"',\s}]+/gi,
    '$1[removed]',
  ],
  [/(?:\/(?:home|Users)\/|[A-Z]:\\Users\\)[^/\\\s:]+/g, '~'],
  [/[A-Za-z0-9_-]{40,}/g, '[removed]'],
];

/** Takes tokens, addresses, home directories and long opaque strings out of a text. */
export function redact(text: string): string {
  return REDACTIONS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
}

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
