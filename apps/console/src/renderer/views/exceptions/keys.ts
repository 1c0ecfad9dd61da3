import type { DecideInput } from '../../backend/backend.ts';

/** The single keys of the queue. They work while the focus is in it, and never while somebody types. */
export const DECISION_KEYS: Readonly<Record<string, DecideInput['status']>> = {
  a: 'approved',
  d: 'declined',
  m: 'more-information',
};
