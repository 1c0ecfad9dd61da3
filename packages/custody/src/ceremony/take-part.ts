import { encodeScalar } from '../group/scalar.ts';
import { same } from '../list.ts';
import { coefficientsOf, ekmFor, makeDeal } from './deal.ts';
import type { Header } from './header.ts';
import { judgeCeremony } from './judge.ts';
import { look } from './look.ts';
import type { OfficerKey } from './officer-key.ts';
import { evaluate } from './polynomial.ts';
import { type Body, type Post, signPost } from './post.ts';
import { findShares, type KeyShare } from './shares.ts';

/** The position of the officer whose key this is; null when the header does not name them with both its halves. */
export function positionOf(header: Header, key: OfficerKey): number | null {
  const index = header.officers.findIndex(
    ({ sign, receive }) => same(sign, key.sign) && same(receive, key.receive),
  );
  return index === -1 ? null : index + 1;
}

/**
 * What this officer has to post next, given all posts there are: their deal; an answer to a complaint about it; then
 * complaints about wrong shares or, when all n are right, the confirmation. Nothing is remembered between calls, and
 * the same posts always give the same answer, so that a crash at any moment changes nothing.
 *
 * @throws RangeError when the header does not name this key.
 */
export async function nextPosts(header: Header, posts: readonly Post[], key: OfficerKey): Promise<Post[]> {
  const position = positionOf(header, key);
  if (position === null) throw new RangeError('this key is not in the header');
  const mine = posts.filter(({ officer }) => officer === position).map(({ body }) => body);
  const signed = (body: Body): Post => signPost(header, position, body, key.signSecret);
  if (!mine.some(({ kind }) => kind === 'deal')) return [signed(await makeDeal(header, position, key))];
  const standing = await judgeCeremony(header, posts);
  if (standing.state === 'disputed') {
    const { dealer, complainer } = standing;
    if (dealer !== position) return [];
    const share = encodeScalar(
      evaluate(coefficientsOf(header, key), header.identifiers[complainer - 1] ?? 0n),
    );
    return [signed({ kind: 'opening', complainer, share, ekm: ekmFor(header, key, complainer) })];
  }
  if (standing.state !== 'confirming' || !standing.missing.includes(position)) return [];
  const { wrong } = await findShares(header, look(header, posts).deals, position, key);
  if (wrong.length > 0) return wrong.map((dealer) => signed({ kind: 'complaint', dealer }));
  return [signed({ kind: 'confirm', transcript: standing.key.transcriptHash })];
}

/**
 * The officer's share of a complete key, from the transcript and their own key alone: also on another computer, from
 * the recovery phrase. Null when the ceremony is not complete or the key is not in it.
 */
export async function shareOf(
  header: Header,
  posts: readonly Post[],
  key: OfficerKey,
): Promise<KeyShare | null> {
  const position = positionOf(header, key);
  if (position === null || (await judgeCeremony(header, posts)).state !== 'complete') return null;
  const { share, wrong } = await findShares(header, look(header, posts).deals, position, key);
  return wrong.length === 0 ? share : null;
}
