import type { Outcome } from '@elekto/tally';
import { agreedResult, type PublishedResult } from './published-result.ts';

/**
 * What sentences about seats are made of: the count that anybody can make again, or, where ballots are withheld, only
 * what was signed. null: there is no agreed result, and nobody is named.
 */
export function seatedOf(published: PublishedResult): Pick<Outcome, 'seats' | 'options' | 'counts'> | null {
  const agreed = agreedResult(published);
  if (agreed === null) return null;
  const { recount, outcome } = agreed;
  if (recount !== null) return recount;
  const { seats, options, counts } = outcome;
  return {
    options,
    counts,
    seats: {
      ...seats,
      openTies: seats.openTies.map((tie) => ({ ...tie, value: null })),
      decisions: seats.decisions.map((decision) => ({ ...decision, value: null })),
      // Why somebody was passed over is not part of what is signed.
      skipped: [],
    },
  };
}
