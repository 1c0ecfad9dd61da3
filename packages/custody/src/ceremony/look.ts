import { same } from '../list.ts';
import { addDeals, type BoardKey } from './board-key.ts';
import { checkDeal, type Deal } from './deal.ts';
import type { Header } from './header.ts';
import type { Post } from './post.ts';
import { SENTENCES } from './sentences.ts';
import type { CheckedDeal } from './shares.ts';
import { findTwoWords, postsOf } from './slots.ts';
import { refusal, type Standing, voided } from './standing.ts';

/** What the posts say as far as no complaint has to be judged: in the order in which a verifier looks. */
export interface Looked {
  /** Over for a reason that everybody sees in a single post. */
  readonly over: Standing | null;
  readonly deals: readonly CheckedDeal[];
  /** Null until all n deals are there, and when a key is the neutral element. */
  readonly key: BoardKey | null;
  /** Who has confirmed this key, by position. */
  readonly agreed: ReadonlySet<number>;
}

const positionsOf = (header: Header): number[] => header.officers.map((_, i) => i + 1);

export function look(header: Header, posts: readonly Post[]): Looked {
  const nothing = { deals: [], key: null, agreed: new Set<number>() };
  const twice = findTwoWords(header, posts);
  if (twice !== null) return { ...nothing, over: twice };
  const dealt = new Map<number, Deal>(postsOf(posts, 'deal').map(({ officer, body }) => [officer, body]));
  const deals: CheckedDeal[] = [];
  for (const dealer of positionsOf(header)) {
    const deal = dealt.get(dealer);
    if (deal === undefined) continue;
    const checked = checkDeal(header, dealer, deal);
    if (!checked.ok) return { ...nothing, over: { state: 'void', reason: checked.error } };
    deals.push({ dealer, deal, commitments: checked.value });
  }
  const key = deals.length === header.officers.length ? addDeals(header, deals) : null;
  const agreed = postsOf(posts, 'confirm').filter(
    ({ body }) => key !== null && same(body.transcript, key.transcriptHash),
  );
  return { over: null, deals, key, agreed: new Set(agreed.map(({ officer }) => officer)) };
}

/** The key that every officer has confirmed; null while one has not. */
export const agreedKey = (header: Header, { key, agreed }: Looked): BoardKey | null =>
  positionsOf(header).every((one) => agreed.has(one)) ? key : null;

/** Where a ceremony stands that is not over and in which no complaint is open. */
export function standingOf(header: Header, posts: readonly Post[], { deals, key, agreed }: Looked): Standing {
  const positions = positionsOf(header);
  if (deals.length < positions.length)
    return {
      state: 'dealing',
      missing: positions.filter((one) => !deals.some(({ dealer }) => dealer === one)),
    };
  if (key === null)
    return {
      state: 'void',
      reason: refusal('key-neutral', 'ceremony', 'nobody', SENTENCES.neutral),
    };
  const odd = postsOf(posts, 'confirm').find(({ officer }) => !agreed.has(officer));
  if (odd !== undefined)
    return voided(header, 'confirm-differs', odd.officer, 'confirm', SENTENCES.otherDeals);
  return { state: 'confirming', missing: positions.filter((one) => !agreed.has(one)), key };
}
