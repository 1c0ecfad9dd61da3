/** Why something is not accepted. Codes are permanent; sentences may change. */
export type RefusalCode =
  | 'act-before-end'
  | 'act-election'
  | 'act-history'
  | 'act-inspection'
  | 'act-voided'
  | 'act-key'
  | 'act-manifest'
  | 'act-memory'
  | 'act-not-on-branch'
  | 'act-other-box'
  | 'act-own-ballot'
  | 'act-repository'
  | 'act-served'
  | 'act-two-boxes'
  | 'ballot-format'
  | 'ballot-group'
  | 'ballot-handle'
  | 'ballot-key'
  | 'ballot-not-yours'
  | 'ballot-payload'
  | 'ballot-proof'
  | 'ballot-tag'
  | 'box-electors'
  | 'box-format'
  | 'box-manifest'
  | 'box-order'
  | 'complaint-and-confirm'
  | 'complaint-false'
  | 'complaint-without-deal'
  | 'confirm-differs'
  | 'deal-group'
  | 'deal-length'
  | 'deal-proof'
  | 'deal-share'
  | 'deal-unanswered'
  | 'decision-differs'
  | 'decision-format'
  | 'decision-too-few'
  | 'decryption-early'
  | 'decryption-group'
  | 'decryption-length'
  | 'decryption-of-nothing'
  | 'decryption-proof'
  | 'decryption-too-few'
  | 'decryption-twice'
  | 'file-election'
  | 'file-format'
  | 'file-officer'
  | 'file-order'
  | 'file-previous'
  | 'file-signature'
  | 'header-format'
  | 'header-key'
  | 'header-threshold'
  | 'header-too-few'
  | 'header-twice'
  | 'key-listed'
  | 'key-neutral'
  | 'key-unfinished'
  | 'liveness-format'
  | 'liveness-proof'
  | 'manifest-custody'
  | 'manifest-format'
  | 'manifest-key'
  | 'manifest-kind'
  | 'mix-after-decryption'
  | 'mix-ballots'
  | 'mix-group'
  | 'mix-length'
  | 'mix-linkable'
  | 'mix-of-nothing'
  | 'mix-permutation'
  | 'mix-twice'
  | 'post-format'
  | 'post-signature'
  | 'post-twice'
  | 'release-format'
  | 'release-proof'
  | 'seed-reused'
  | 'transcript-extra'
  | 'transcript-format'
  | 'void-after-decryption'
  | 'void-too-late';

/** Where something was refused: the step of the protocol, and whose doing it is. */
export interface Where {
  readonly step: string;
  readonly party: string;
}

export interface Refusal extends Where {
  readonly code: RefusalCode;
  /** A sentence for people that names step and party. */
  readonly message: string;
}

/** What a function gives that may refuse: a value, or the reason. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Refusal };

export const accept = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal whose sentence begins with step and party. */
export function refuse(code: RefusalCode, where: Where, sentence: string): Result<never> {
  const { step, party } = where;
  const start = `${step.charAt(0).toUpperCase()}${step.slice(1)}`;
  return { ok: false, error: { code, step, party, message: `${start}, ${party}: ${sentence}` } };
}
