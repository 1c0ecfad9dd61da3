/** Looks a tracker up among the published ballots, and says what a ballot in the file's form ranks. */
import { parseBallotsCsv } from '@elekto/tally';
import type { ResultsFile } from '@elekto/protocol/result';

export type Lookup =
  | {
      readonly kind: 'found';
      readonly ranking: Readonly<Record<string, number>>;
      readonly candidates: readonly string[];
    }
  /** Counted under this number, by the signed result; what it says is not published. */
  | { readonly kind: 'listed' }
  | { readonly kind: 'not-found' | 'no-trackers' };

/** As people copy it: white space, hyphens and letter case make no difference. */
export const cleanTracker = (text: string): string => text.replace(/[\s-]/g, '').toLowerCase();

/** A ballot from its ranks in the order of the candidates; 0 and null are no opinion. */
export function found(candidates: readonly string[], ranks: ArrayLike<number | null>): Lookup {
  const entries = candidates.flatMap((id, i) => {
    const rank = ranks[i];
    return rank ? [[id, rank] as const] : [];
  });
  return { kind: 'found', ranking: Object.fromEntries(entries), candidates };
}

/**
 * Row i of the ballots stands under tracker i. Without published ballots only the list of trackers can be
 * looked at. Nothing is asked of anybody: which tracker is looked for stays in the page.
 * @throws when one of the files cannot be read.
 */
export function lookUp(ballotsCsv: string | null, resultsJson: string | null, tracker: string): Lookup {
  const { trackers = [] } =
    resultsJson === null ? {} : (JSON.parse(resultsJson) as Partial<Pick<ResultsFile, 'trackers'>>);
  if (trackers.length === 0) return { kind: 'no-trackers' };
  const at = trackers.indexOf(cleanTracker(tracker));
  if (at < 0) return { kind: 'not-found' };
  if (ballotsCsv === null) return { kind: 'listed' };
  const table = parseBallotsCsv(ballotsCsv);
  let row = 0;
  for (const { ranks } of table.ballots) if (row++ === at) return found(table.candidates, ranks);
  return { kind: 'not-found' };
}
