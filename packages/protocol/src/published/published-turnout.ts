import type { Election } from '@elekto/election';
import { agreedResult, type PublishedResult } from './published-result.ts';

/** What is known of the roll beside a result: the number of people that a box holds, else the folder's voters. */
type Roll = Partial<Pick<Election, 'voters'>> & { readonly eligible?: number };

/**
 * How many voted of how many, by an agreed result: as it was signed, so that whoever edits the roll afterwards changes
 * nothing, else by its ballots and the roll. null where no agreed result says it.
 */
export function publishedTurnout(
  published: PublishedResult,
  { voters, eligible }: Roll,
): { readonly cast: number; readonly eligible: number } | null {
  const agreed = agreedResult(published);
  if (agreed === null) return null;
  return {
    cast: agreed.file?.cast ?? Number(agreed.outcome.counts.cast),
    eligible: agreed.file?.eligible ?? eligible ?? voters?.length ?? 0,
  };
}
