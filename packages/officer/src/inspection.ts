import type { Election } from '@elekto/election';

/** How long a box is open to inspection before it is mixed, ms. */
export const inspectionOf = (_election: Election): number => 24 * 3_600_000;
