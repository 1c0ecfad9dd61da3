import type { Dispute } from '@elekto/protocol/published';
import { fill, textsOf } from './texts/index.ts';
import type { Lang } from './texts/index.ts';

/** Why published files are no result, in a sentence. */
export function disputeWords(dispute: Dispute, lang: Lang): string {
  const { disputes } = textsOf(lang).results;
  switch (dispute.code) {
    case 'check':
      return fill(disputes.check, { check: disputes.checks[dispute.check.name] });
    case 'other-result':
      return disputes.otherResult;
    case 'unread':
      return fill(disputes.unread, { file: dispute.file });
    case 'ballots':
      return fill(disputes.ballots, { why: dispute.why });
  }
}
