/** What must not leave the app in a report. */

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
