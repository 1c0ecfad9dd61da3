import type { RequestStatus } from '../../backend/model.ts';

/** What an officer decides of a request that waits. */
export type Decision = Exclude<RequestStatus, 'open'>;

/** The single keys of the queue. They work while the focus is in it, and never while somebody types. */
export const DECISION_KEYS: Readonly<Record<string, Decision>> = {
  a: 'approved',
  d: 'declined',
  m: 'more-information',
};
