import { type Header, officerAt } from './header.ts';
import type { Post } from './post.ts';
import { SENTENCES } from './sentences.ts';
import { type CheckedDeal, judgeOpening } from './shares.ts';
import { postsOf } from './slots.ts';
import { type Standing, voided } from './standing.ts';

/**
 * What the first complaint says of a ceremony, by the complainer's position and then the dealer's: the order of a list is its server's.
 * Null when there is none.
 */
export async function judgeComplaints(
  header: Header,
  posts: readonly Post[],
  deals: readonly CheckedDeal[],
  silenceCounts: boolean,
): Promise<Standing | null> {
  for (const { officer: complainer, body } of postsOf(posts, 'complaint')) {
    if (postsOf(posts, 'confirm').some(({ officer }) => officer === complainer))
      return voided(header, 'complaint-and-confirm', complainer, 'complaint', SENTENCES.confirmedToo);
    const checked = deals.find(({ dealer }) => dealer === body.dealer);
    if (checked === undefined)
      return voided(header, 'complaint-without-deal', complainer, 'complaint', SENTENCES.noSuchDeal);
    const opening = postsOf(posts, 'opening').find(
      (post) => post.officer === body.dealer && post.body.complainer === complainer,
    );
    if (opening === undefined) {
      if (!silenceCounts) return { state: 'disputed', dealer: body.dealer, complainer };
      return voided(header, 'deal-unanswered', body.dealer, 'deal', SENTENCES.unanswered);
    }
    const guilty = await judgeOpening(header, checked, complainer, opening.body);
    return guilty === 'dealer'
      ? voided(
          header,
          'deal-share',
          body.dealer,
          'deal',
          SENTENCES.wrongShare(officerAt(header, complainer).login),
        )
      : voided(
          header,
          'complaint-false',
          complainer,
          'complaint',
          SENTENCES.rightShare(officerAt(header, body.dealer).login),
        );
  }
  return null;
}
