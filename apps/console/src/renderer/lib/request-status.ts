import type { RequestStatus } from '../backend/model.ts';
import texts from '../texts/exceptions.json' with { type: 'json' };

/** What a request for an exception is called by how it stands. */
export const STATUS_WORD: Readonly<Record<RequestStatus, string>> = texts.status;
