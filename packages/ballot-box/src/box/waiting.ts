import { opens } from '@elekto/election';
import type { Election, WaitingReason } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';

const SENTENCES: Readonly<Record<WaitingReason, string>> = {
  'no-candidates': 'This election does not open yet: no candidate stands in its files.',
  'voters-missing': 'This election does not open yet: its folder has no voter roll.',
  'voters-unreadable': 'This election does not open yet: its voter roll cannot be read.',
};

/** Refuses with `waiting` while its files do not allow an election to open. */
export function mayOpen(election: Pick<Election, 'candidates' | 'noRoll'>): Result<null> {
  const { waiting } = opens(election);
  return waiting === null ? ok(null) : refuse('waiting', undefined, SENTENCES[waiting]);
}
