import type { BoxState } from '@elekto/ballot-box';

/** Below three ballots a running count tells who voted when; it is then not shown. */
export function shownCount(cast: number, state: BoxState | null): number | null {
  return state === 'open' && cast < 3 ? null : cast;
}
