/** Which servers the app talks to: https anywhere, plain http only on this machine. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin of what an officer typed ("elections.example.org", "https://x.org/console/"), without a slash.
 * Null when it is no server the app may talk to: plain http off this machine, another scheme, credentials in it.
 */
export function serverOrigin(typed: string): string | null {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  if (url.protocol === 'https:') return url.origin;
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) ? url.origin : null;
}
