import type { Dispute } from '@elekto/protocol/published';
import type { Check } from '@elekto/protocol/result';

import type { Lang } from './languages.ts';
import { say } from './say.ts';

/** What a check found, in a sentence. The compiler sees here that every finding has words. */
export const checkWords = ({ code, facts }: Pick<Check, 'code' | 'facts'>, lang: Lang): string =>
  say(lang, 'checks', code, facts);

/** Why published files are no result, in a sentence. */
export function disputeWords(dispute: Dispute, lang: Lang): string {
  switch (dispute.code) {
    case 'check':
      return checkWords(dispute.check, lang);
    case 'other-result':
      return say(lang, 'disputes', dispute.code);
    case 'unread':
      return say(lang, 'disputes', dispute.code, { file: dispute.file });
    case 'ballots':
      return say(lang, 'disputes', dispute.code, { why: dispute.why });
  }
}
