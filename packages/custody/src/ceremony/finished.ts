import { accept, refuse, type Result } from '../refusal.ts';
import type { BoardKey } from './board-key.ts';
import { type Header, officerAt } from './header.ts';
import { agreedKey, look, standingOf } from './look.ts';
import type { Post } from './post.ts';
import { SENTENCES } from './sentences.ts';

/** The posts of a finished ceremony as its file has them: n deals, then n confirmations, by position. */
export const finishedPosts = (posts: readonly Post[]): Post[] =>
  (['deal', 'confirm'] as const).flatMap((kind) => {
    const some = posts.filter(({ body }) => body.kind === kind).toSorted((a, b) => a.officer - b.officer);
    return some.filter(({ officer }, i) => officer !== some[i - 1]?.officer);
  });

/**
 * The key of a ceremony that is complete; for any other, why there is none. What is asked of a custody file in git is
 * strict: the posts of {@link finishedPosts} and nothing else.
 */
export function finishedKey(header: Header, posts: readonly Post[]): Result<BoardKey> {
  const looked = look(header, posts);
  const key = agreedKey(header, looked);
  if (key !== null) {
    const exact = finishedPosts(posts);
    if (exact.length === posts.length && exact.every((post, i) => post === posts[i])) return accept(key);
    const at = { step: 'ceremony', party: SENTENCES.writer };
    return refuse('transcript-extra', at, SENTENCES.extra);
  }
  const standing = looked.over ?? standingOf(header, posts, looked);
  if (standing.state === 'void') return { ok: false, error: standing.reason };
  const missing = 'missing' in standing ? standing.missing : [];
  const names = missing.map((position) => officerAt(header, position).login).join(', ');
  return refuse('key-unfinished', { step: 'ceremony', party: names }, SENTENCES.unfinished);
}

/**
 * The key of a ceremony by every post there is, and the posts that its file is to have; why there is none, as everybody sees it who
 * judges the same posts.
 */
export function finishedIn(
  header: Header,
  posts: readonly Post[],
): Result<{ readonly key: BoardKey; readonly posts: readonly Post[] }> {
  const judged = finishedKey(header, posts);
  if (!judged.ok && judged.error.code !== 'transcript-extra') return judged;
  const exact = finishedPosts(posts);
  const key = finishedKey(header, exact);
  return key.ok ? accept({ key: key.value, posts: exact }) : key;
}
