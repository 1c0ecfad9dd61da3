import { opens } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';

/** Refuses with `waiting` while its files do not allow an election to open; `why` is the reason. */
export function mayOpen(election: Pick<Election, 'candidates' | 'noRoll'>): Result<null> {
  const { waiting } = opens(election);
  return waiting === null ? ok(null) : refuse('waiting', undefined, waiting);
}
