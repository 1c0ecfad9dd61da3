import { canonicalJson } from '@elekto/wire';
import { finishedKey } from './finished.ts';
import { type Header, officerAt } from './header.ts';
import { type Body, bodyJson, type Post } from './post.ts';
import { byPlace, slotOf } from './slots.ts';

/** The posts that a ceremony is judged by. */
export interface Counting {
  readonly posts: readonly Post[];
  /** Whether the file in git gives the key by itself. */
  readonly inGit: boolean;
  /** Who signed something else than the file in git has of them, of which kind: it changed nothing. By position. */
  readonly unheard: readonly { readonly login: string; readonly kind: Body['kind'] }[];
}

/**
 * By which posts a ceremony is judged: where its file in git gives a key, by those of the file alone, as the election is that opens
 * with it. A word that is signed or shown later takes no key back. Before that, by every post there is.
 *
 * @param file the posts of the file in git.
 * @param signed every post that is known from elsewhere, signed for this header.
 */
export function countingPosts(header: Header, file: readonly Post[], signed: readonly Post[]): Counting {
  if (!finishedKey(header, file).ok) return { posts: [...file, ...signed], inGit: false, unheard: [] };
  const heard = new Set(file.map(wordOf));
  const others = signed.filter((post) => !heard.has(wordOf(post))).toSorted(byPlace);
  const named = new Map(
    others.map(({ officer, body: { kind } }) => [
      `${officer} ${kind}`,
      { login: officerAt(header, officer).login, kind },
    ]),
  );
  return { posts: file, inGit: true, unheard: [...named.values()] };
}

const wordOf = (post: Post): string => `${slotOf(post)} ${canonicalJson(bodyJson(post.body))}`;
