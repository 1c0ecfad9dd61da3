/**
 * Where to go after signing in: only a path of this very site. Anything else, and anything that a browser
 * could read as another host (`//`, `/\`, control characters), becomes `/`.
 */
export function safeNextPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2048) return '/';
  // Browsers drop tabs and line ends from URLs and take a backslash for a slash.
  if (!value.startsWith('/') || /[\u0000-\u0020\u007f\\]/.test(value)) return '/';
  const here = new URL('http://here.invalid');
  const target = URL.parse(value, here);
  if (target?.origin !== here.origin || value.startsWith('//')) return '/';
  const path = target.pathname + target.search + target.hash;
  return path.startsWith('//') ? '/' : path;
}
