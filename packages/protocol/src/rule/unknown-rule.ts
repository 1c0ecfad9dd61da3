import type { Rule } from './rule.ts';

/** Elekto's rule for one seat: for a file of ballots of which nothing else is known. Its columns are who stands. */
export const UNKNOWN_RULE: Rule = {
  candidates: [],
  struck: [],
  counting: {
    method: 'schulze',
    strength: 'winning',
    unranked: 'no-opinion',
    secondary: false,
    order: 'losses',
  },
  seats: 1,
  limit: null,
};
