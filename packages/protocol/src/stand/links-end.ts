import type { Instant } from '@elekto/election';
import type { Manifest } from '../manifest/manifest.ts';

/** How long after its publication a voter can still find a ballot with the passphrase, ms: two weeks. */
export const LINKS_LAST = 14 * 24 * 60 * 60 * 1000;

/**
 * Until when a passphrase leads to its ballot. `kept`: no end is set. `close`: officers open the ballots together, and none leads
 * from a voter to one that is counted. `count`: receipts are off, and the count ends it.
 * `published`: two weeks after a publication that has not been yet; not before `earliest`. `at`: at that instant, ms.
 */
export type LinksEnd =
  | { readonly kind: 'kept' }
  | { readonly kind: 'close' }
  | { readonly kind: 'count' }
  | { readonly kind: 'published'; readonly earliest: Instant }
  | { readonly kind: 'at'; readonly at: Instant };

/** The one rule: what pages and the confirmation promise, and what the server keeps to. */
export function linksEnd(
  { suite, deleteAfter, receipts }: Pick<Manifest, 'suite' | 'deleteAfter' | 'receipts'>,
  closesAt: Instant,
  publishedAt: Instant | null,
): LinksEnd {
  if (suite === 2) return { kind: 'close' };
  if (receipts === 'none') return { kind: 'count' };
  if (!deleteAfter) return { kind: 'kept' };
  if (publishedAt !== null) return { kind: 'at', at: publishedAt + LINKS_LAST };
  return { kind: 'published', earliest: closesAt + LINKS_LAST };
}
