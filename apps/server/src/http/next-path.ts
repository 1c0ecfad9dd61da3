/**
 * Where to go after signing in: a path of this very site, or a page of one of `origins`, from which the
 * pages are served too. Anything else, and anything that a browser could read as another host (`//`, `/\`,
 * control characters), becomes `/`.
 */
export function safeNextPath(value: unknown, origins: readonly string[] = []): string {
  if (typeof value !== 'string' || value.length > 2048) return '/';
  const elsewhere = origins.length > 0 && /^https?:/i.test(value) ? URL.parse(value) : null;
  if (elsewhere && origins.includes(elsewhere.origin))
    return elsewhere.origin + safeNextPath(pathOf(elsewhere));
  // Browsers drop tabs and line ends from URLs and take a backslash for a slash.
  if (!value.startsWith('/') || /[\u0000-\u0020\u007f\\]/.test(value)) return '/';
  const here = new URL('http://here.invalid');
  const target = URL.parse(value, here);
  if (target?.origin !== here.origin || value.startsWith('//')) return '/';
  const path = target.pathname + target.search + target.hash;
  return path.startsWith('//') ? '/' : path;
}

function pathOf(url: URL): string {
  return url.pathname + url.search + url.hash;
}
