import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';

/** Why an election whose start has passed does not open. */
export type WaitingReason = 'no-candidates' | 'no-roll';

const SENTENCES: Readonly<Record<WaitingReason, string>> = {
  'no-candidates': 'This election does not open yet: no candidate stands in its files.',
  'no-roll': 'This election does not open yet: its files name no voters.',
};

/** What an election waits for before it can open; null when nothing is missing. */
export function waitingFor(election: Pick<Election, 'candidates' | 'voters'>): WaitingReason | null {
  if (election.candidates.length === 0) return 'no-candidates';
  return election.voters.length === 0 ? 'no-roll' : null;
}

/** Refuses with `waiting` while something is missing. */
export function mayOpen(election: Pick<Election, 'candidates' | 'voters'>): Result<null> {
  const reason = waitingFor(election);
  return reason === null ? ok(null) : refuse('waiting', undefined, SENTENCES[reason]);
}
