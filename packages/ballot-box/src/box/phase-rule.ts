import { hasEnded } from '@elekto/election';
import type { Instant } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import type { OpenedElection } from './election-row.ts';

/** Whether an election has neither been closed nor withdrawn; says nothing of the time. */
export function isOpen(election: OpenedElection): Result<null> {
  if (election.state !== 'open') return refuse('already-closed', election.closedAt ?? election.closesAt);
  return election.withdrawn ? refuse('election-withdrawn') : ok(null);
}

/** Whether ballots are taken at `now`: both ends inclusive, never again once closed, never by a row of before its next change. */
export function takesBallots(election: OpenedElection, now: Instant): Result<null> {
  const open = isOpen(election);
  if (!open.ok) return open;
  if (election.legacy || now < election.opensAt) return refuse('not-open-yet', election.opensAt);
  if (hasEnded(election, now)) return refuse('already-closed', election.closesAt);
  return ok(null);
}
