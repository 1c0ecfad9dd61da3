/** Looks a tracker up among the published ballots. */
import { parseBallotsCsv } from '@elekto/tally';
import type { ResultsFile } from '@elekto/ballot-box/wire';

export type Lookup =
  | {
      readonly kind: 'found';
      readonly ranking: Readonly<Record<string, number>>;
      readonly candidates: readonly string[];
    }
  | { readonly kind: 'not-found' | 'no-trackers' };

/** As people copy it: white space, hyphens and letter case make no difference. */
export const cleanTracker = (text: string): string => text.replace(/[\s-]/g, '').toLowerCase();

/** Row i of the ballots stands under tracker i. @throws when one of the files cannot be read. */
export function lookUp(ballotsCsv: string, resultsJson: string, tracker: string): Lookup {
  const { trackers } = JSON.parse(resultsJson) as Pick<ResultsFile, 'trackers'>;
  if (!Array.isArray(trackers) || trackers.length === 0) return { kind: 'no-trackers' };
  const at = trackers.indexOf(cleanTracker(tracker));
  if (at < 0) return { kind: 'not-found' };
  const table = parseBallotsCsv(ballotsCsv);
  let row = 0;
  for (const { ranks } of table.ballots) {
    if (row++ !== at) continue;
    const entries = table.candidates.flatMap((id, i) => {
      const rank = ranks[i];
      return rank === null || rank === undefined ? [] : [[id, rank] as const];
    });
    return { kind: 'found', ranking: Object.fromEntries(entries), candidates: table.candidates };
  }
  return { kind: 'not-found' };
}
