import type { Opened } from '@elekto/custody/board';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import type { Ranks } from '../result/read-ballots.ts';
import type { ResultsFile3 } from '../result/results.ts';

/** Whether the published rows and numbers are those that the officers opened. `rows` is null without ballots.csv. */
export function checkRows(
  { cast, invalid }: ResultsFile3,
  rows: readonly Ranks[] | null,
  opened: Opened,
): Check {
  const found = opened.rows.length + opened.invalid;
  if (found !== cast) return checked('combination', false, 'board-cast', { n: cast, found });
  if (opened.invalid !== invalid)
    return checked('combination', false, 'board-invalid', { n: invalid, found: opened.invalid });
  const differs = opened.rows.findIndex(({ ranks }, i) => ranks.join() !== rows?.[i]?.join());
  return rows !== null && (differs >= 0 || rows.length !== opened.rows.length)
    ? checked('combination', false, 'board-rows', { row: (differs < 0 ? opened.rows.length : differs) + 1 })
    : checked('combination', true, 'combined', { n: opened.rows.length, invalid });
}
