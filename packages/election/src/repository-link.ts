/** A place of the repository to which a link leads. */
export interface RepositoryLink {
  /** Relative to the repository's root, decoded, without a slash at the end; '' for the root itself. */
  readonly path: string;
  /** `#part`, or ''. */
  readonly fragment: string;
}

/**
 * Where a relative link in `file` (a path from the repository's root) leads, by the rules of the hosts that show
 * repositories: from the file's folder, or from the root where it starts with `/`. Null for a link that is none: with a
 * scheme or a host, to a part of the same page, out of the repository, or with an address that cannot be read.
 */
export function linkInRepository(href: string, file: string): RepositoryLink | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\?|\\|$)/i.test(href)) return null;
  const [, written = '', fragment = ''] = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/s.exec(href) ?? [];
  let decoded: string;
  try {
    decoded = decodeURIComponent(written);
  } catch {
    return null;
  }
  if (/[\u0000-\u001f\u007f\\]/.test(decoded)) return null;
  const path = decoded.startsWith('/') ? [] : file.split('/').slice(0, -1);
  for (const part of decoded.split('/')) {
    if (part === '..' && path.pop() === undefined) return null;
    if (part !== '' && part !== '.' && part !== '..') path.push(part);
  }
  return { path: path.join('/'), fragment };
}
