import { standing } from './candidate/withdrawn.ts';
import type { Election } from './model.ts';

/** Why an election cannot open; each is also the code of the diagnostic that says it at the file. */
export const WAITING_REASONS = [
  'no-candidates',
  'none-of-the-above-missing',
  'voters-missing',
  'voters-unreadable',
  'custody-not-ready',
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** Whether the files allow an election to open: `waiting` is null when they do, else the first reason. */
export interface Opening {
  readonly waiting: WaitingReason | null;
}

/**
 * Whether an election can open as far as its files say: somebody stands besides none of the above, which is there if the rules
 * speak of it, and there is a roll that could be read
 * (an empty one counts: exceptions may fill it), and officers who are to keep the key have one. A candidate's file with an error does not block; nor does
 * the clock, which is `phaseAt`'s, or whether enough officers hold their shares, which is the box's.
 */
export function opens(election: Pick<Election, 'candidates' | 'noRoll' | 'houseRules' | 'custody'>): Opening {
  const ids = standing(election.candidates).map(({ id }) => id);
  const none = election.houseRules?.noneOfTheAbove?.candidate;
  if (ids.every((id) => id === none)) return { waiting: 'no-candidates' };
  if (none !== undefined && !ids.includes(none)) return { waiting: 'none-of-the-above-missing' };
  if (election.noRoll !== undefined) return { waiting: `voters-${election.noRoll}` };
  if (election.custody?.board === null) return { waiting: 'custody-not-ready' };
  return { waiting: null };
}
