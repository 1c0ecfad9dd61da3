import type { Count } from '@elekto/tally';

import type { Lang } from './languages.ts';
import { say } from './say.ts';

/** The share of the roll that cast a ballot, with one decimal ("37.5%"); null where the roll is empty. */
export function turnoutShare(cast: Count, eligible: number, lang: Lang): string | null {
  if (eligible === 0) return null;
  const options = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  return (Number(cast) / eligible).toLocaleString(lang, options);
}

/** How many of the roll cast a ballot, in a sentence. */
export function turnoutSentence(cast: Count, eligible: number, lang: Lang): string {
  const share = turnoutShare(cast, eligible, lang);
  return share === null
    ? say(lang, 'turnout', 'nobody-eligible', { n: cast })
    : say(lang, 'turnout', 'sentence', { cast, n: eligible, share });
}
