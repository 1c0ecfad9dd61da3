import type { RequestStatus } from '../backend/model.ts';
import texts from '../texts/exceptions.json' with { type: 'json' };

/** What a request for an exception is called by how it stands. */
export const STATUS_WORD: Readonly<Record<RequestStatus, string>> = texts.status;

/** The same once voting is over, when nobody waits any more. */
export const LATE_WORD: Readonly<Record<RequestStatus, string>> = {
  ...texts.status,
  open: texts.unanswered,
};
