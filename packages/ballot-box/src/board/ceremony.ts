import { type Header, type Post, postJson, readPost, slotOf } from '@elekto/custody/ceremony';
import { canonicalJson, toHex } from '@elekto/wire';
import type { Context } from '../context.ts';
import { bodiesOn, keepPost, type Kept } from './board-posts.ts';

/** The name of a ceremony's board: it follows from its header, so that a new header begins with an empty one. */
export const boardOf = (header: Header): string => toHex(header.ceremonyId);

/**
 * Takes a post of a ceremony. Null when it is not signed by the officer in whose name it is: it is then nobody's word
 * and is not kept.
 */
export async function postToCeremony(
  ctx: Pick<Context, 'db'>,
  header: Header,
  value: unknown,
): Promise<Kept | null> {
  const post = readPost(header, value);
  if (!post.ok) return null;
  const slot = slotOf(post.value);
  const isWord = (body: string): boolean => storedPost(header, slot, body) !== null;
  return keepPost(ctx, boardOf(header), slot, canonicalJson(postJson(post.value)), isWord);
}

/** The posts of a ceremony, two different words in one place included: whoever reads them judges for themselves. */
export async function postsOf(ctx: Pick<Context, 'db'>, header: Header): Promise<Post[]> {
  const bodies = await bodiesOn(ctx, boardOf(header));
  return bodies.flatMap(({ slot, body }) => storedPost(header, slot, body) ?? []);
}

/** The post that is kept in a slot; null for what is none, or belongs elsewhere: somebody else wrote it there. */
function storedPost(header: Header, slot: string, body: string): Post | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const post = readPost(header, value);
  return post.ok && slotOf(post.value) === slot ? post.value : null;
}
