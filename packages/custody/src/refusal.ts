/** Why something is not accepted. Codes are permanent; sentences may change. */
export type RefusalCode =
  | 'ballot-format'
  | 'ballot-group'
  | 'ballot-handle'
  | 'ballot-key'
  | 'ballot-not-yours'
  | 'ballot-payload'
  | 'ballot-proof'
  | 'ballot-tag'
  | 'complaint-and-confirm'
  | 'complaint-false'
  | 'complaint-without-deal'
  | 'confirm-differs'
  | 'deal-group'
  | 'deal-length'
  | 'deal-proof'
  | 'deal-share'
  | 'deal-unanswered'
  | 'header-format'
  | 'header-key'
  | 'header-threshold'
  | 'header-too-few'
  | 'header-twice'
  | 'key-neutral'
  | 'key-unfinished'
  | 'liveness-format'
  | 'liveness-proof'
  | 'post-format'
  | 'post-signature'
  | 'post-twice'
  | 'release-format'
  | 'release-proof'
  | 'seed-reused'
  | 'transcript-extra'
  | 'transcript-format';

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
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Refusal };

export const accept = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal whose sentence begins with step and party. */
export function refuse(code: RefusalCode, where: Where, sentence: string): Result<never> {
  const { step, party } = where;
  const start = `${step.charAt(0).toUpperCase()}${step.slice(1)}`;
  return { ok: false, error: { code, step, party, message: `${start}, ${party}: ${sentence}` } };
}
