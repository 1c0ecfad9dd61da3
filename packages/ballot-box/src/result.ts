import type { Refusal, RefusalKind, Result } from '@elekto/protocol/refusal';

const SENTENCES: Readonly<Record<RefusalKind, string>> = {
  'not-signed-in': 'You are not signed in.',
  'unknown-election': 'There is no election with this key.',
  'election-withdrawn': 'This election has been taken out of the repository. Ballots already cast are kept.',
  'not-officer': 'You are not an officer of this election.',
  'not-eligible': 'Your account is not on the voter roll of this election.',
  'identity-mismatch':
    'This name on the roll has been used by another GitHub account. Ask an election officer.',
  'not-open-yet': 'This election is not open yet.',
  waiting: 'This election does not open yet: something is missing in its files.',
  'already-closed': 'This election is closed. Ballots are no longer taken or changed.',
  'not-ended-yet': 'This election has not ended yet.',
  'not-closed-yet': 'This election has not been counted yet.',
  'already-voted': 'You have already voted. You can replace your ballot if you kept a passphrase.',
  'not-voted': 'You have not voted in this election.',
  'wrong-passphrase': 'This is not the passphrase of your ballot.',
  'no-passphrase-kept': 'No passphrase was kept for your ballot.',
  'too-many-attempts': 'Too many wrong passphrases. Wait before you try again.',
  'malformed-ballot': 'This ballot cannot be read. Load the page again.',
  'unknown-candidate': 'This ballot ranks somebody who does not stand.',
  'opinion-required': 'In this election every candidate has to be ranked.',
  'manifest-changed': 'This ballot paper is not the one of this election. Load the page again.',
  'duplicate-handle': 'This ballot has been sent before. Load the page and cast again.',
  'ballot-box-damaged': 'The ballot box does not open. Nothing was changed; tell the operator.',
  'exception-closed': 'The time to request an exception has passed.',
  'exception-already-requested': 'You have already requested an exception.',
  'already-eligible': 'You are already on the voter roll.',
  'unknown-request': 'There is no such request in this election.',
  conflict: 'Somebody else has decided in the meantime. Look at it again.',
  'already-published': 'The result has been published.',
  'no-tie': 'There is no open tie between these candidates.',
  'tie-open':
    'A tie for the last seat is open. Decide it first: after the publication it stays open for good.',
  'winners-impossible': 'These winners cannot be seated together: the seat limit or the count rules it out.',
};

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal of a kind, in the standard words unless others are given. */
export function refuse(
  kind: RefusalKind,
  detail?: number,
  message = SENTENCES[kind],
): Result<never, Refusal> {
  return { ok: false, error: detail === undefined ? { kind, message } : { kind, message, detail } };
}
