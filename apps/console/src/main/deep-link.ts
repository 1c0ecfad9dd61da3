/** `elekto://elections/<key>/<page>`: links into the app, from anywhere and therefore from anybody. */

export const LINK_SCHEME = 'elekto';

const LINK = /^elekto:\/\/elections\/([\w.%~-]{1,600})(?:\/([a-z]{1,20}))?\/?$/;
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * The page that a link shows; null for anything else. A link names an election and a page of it and can do nothing more:
 * no server, no person, no action, no text; an election that is not the officer's is shown as not theirs.
 */
export function routeOfLink(link: string): string | null {
  const [, key = '', page = 'overview'] = LINK.exec(link) ?? [];
  const decoded = decode(key);
  if (decoded === null || decoded === '' || CONTROL.test(decoded)) return null;
  return `#/elections/${encodeURIComponent(decoded)}/${page}`;
}

/** Of the words that an app is started with, the page of the last link. */
export const routeIn = (words: readonly string[]): string | null =>
  words.map(routeOfLink).findLast((route) => route !== null) ?? null;

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
