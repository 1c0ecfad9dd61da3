import { standing } from './candidate/withdrawn.ts';
import type { Election } from './model.ts';

/** Why an election cannot open; each is also the code of the diagnostic that says it at the file. */
export const WAITING_REASONS = ['no-candidates', 'voters-missing', 'voters-unreadable'] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** Whether the files allow an election to open: `waiting` is null when they do, else the first reason. */
export interface Opening {
  readonly waiting: WaitingReason | null;
}

/**
 * Whether an election can open as far as its files say: somebody stands and there is a roll that could be read
 * (an empty one counts: exceptions may fill it). A candidate's file with an error does not block; nor does
 * the clock, which is `phaseAt`'s, or custody, which is the box's.
 */
export function opens(election: Pick<Election, 'candidates' | 'noRoll'>): Opening {
  if (standing(election.candidates).length === 0) return { waiting: 'no-candidates' };
  if (election.noRoll !== undefined) return { waiting: `voters-${election.noRoll}` };
  return { waiting: null };
}
