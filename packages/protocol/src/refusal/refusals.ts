/**
 * What can be expected to go wrong with a ballot or an office, as values with permanent kinds.
 */

/** `ok: true` with the value, or `ok: false` with the one reason. */
export type Result<T, E = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** Every refusal by its permanent kind. The text for people is in the faces' catalogues, keyed by kind. */
export const REFUSALS = [
  'not-signed-in',
  'unknown-election',
  'election-withdrawn',
  'not-officer',
  'not-eligible',
  'identity-mismatch',
  'not-open-yet',
  'waiting',
  'already-closed',
  'not-ended-yet',
  'not-closed-yet',
  'clock-doubted',
  'already-voted',
  'not-voted',
  'wrong-passphrase',
  'link-destroyed',
  'too-many-attempts',
  'malformed-ballot',
  'unknown-candidate',
  'opinion-required',
  'manifest-changed',
  'duplicate-handle',
  'ballot-withdrawn',
  'ballot-box-damaged',
  'exception-closed',
  'exception-already-requested',
  'already-eligible',
  'no-strike',
  'restart-too-late',
  'restart-not-asked',
  'other-officer-needed',
  'unknown-request',
  'conflict',
  'already-published',
  'no-tie',
  'tie-open',
  'waits-for-officers',
  'no-board',
  'board-key-missing',
  'board-counted',
  'board-not-ready',
  'box-not-on-branch',
  'two-boxes',
  'decision-unsigned',
  'void-made-up',
  'winners-impossible',
] as const;
export type RefusalKind = (typeof REFUSALS)[number];

export interface Refusal {
  readonly kind: RefusalKind;
  /** What the kind alone does not tell, in English, for whoever runs the server; names no ballot content. */
  readonly why?: string;
  /** For `too-many-attempts`: seconds to wait. For `not-open-yet`/`already-closed`: the instant in ms. */
  readonly detail?: number;
}
