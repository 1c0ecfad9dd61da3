/** Expected refusals on their way to the client: `data.refusal`, with an HTTP status to match. */
import type { Refusal, RefusalKind, Result } from '@elekto/protocol/refusal';
import type { RehearsalRefusal } from '@elekto/ballot-box';
import { refusalSentence } from '@elekto/words';
import { TRPCError } from '@trpc/server';

/** The ballot box's kinds and the few that only the API knows. */
export type ApiRefusalKind =
  | RefusalKind
  | RehearsalRefusal['kind']
  | 'bad-request'
  | 'not-ready'
  | 'not-held-here'
  | 'board-unreadable'
  | 'ceremony-complete'
  | 'post-unsigned'
  | 'board-refused';

export interface ApiRefusal extends Pick<Refusal, 'detail'> {
  readonly kind: ApiRefusalKind;
  /** In English, for clients without words of their own. */
  readonly message: string;
}

/** Carries a refusal inside a TRPCError; the formatter looks for it by class, never by text. */
export class RefusalError extends Error {
  readonly refusal: ApiRefusal;
  constructor(refusal: ApiRefusal) {
    super(refusal.message);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

type Code = TRPCError['code'];

const CODES: Partial<Record<ApiRefusalKind, Code>> = {
  'not-signed-in': 'UNAUTHORIZED',
  'wrong-passphrase': 'FORBIDDEN',
  'not-officer': 'FORBIDDEN',
  'not-eligible': 'FORBIDDEN',
  'identity-mismatch': 'FORBIDDEN',
  'unknown-election': 'NOT_FOUND',
  'election-withdrawn': 'NOT_FOUND',
  'unknown-request': 'NOT_FOUND',
  'too-many-attempts': 'TOO_MANY_REQUESTS',
  'malformed-ballot': 'BAD_REQUEST',
  'unknown-candidate': 'BAD_REQUEST',
  'opinion-required': 'BAD_REQUEST',
  'bad-request': 'BAD_REQUEST',
  'post-unsigned': 'BAD_REQUEST',
  'board-refused': 'BAD_REQUEST',
  'board-not-ready': 'SERVICE_UNAVAILABLE',
  'not-ready': 'SERVICE_UNAVAILABLE',
  'ballot-box-damaged': 'SERVICE_UNAVAILABLE',
  'clock-doubted': 'SERVICE_UNAVAILABLE',
};

/** A kind as clients read it. */
export function asApiRefusal(kind: ApiRefusalKind, detail?: number): ApiRefusal {
  const message = refusalSentence(kind, 'en');
  return detail === undefined ? { kind, message } : { kind, message, detail };
}

/** The TRPCError that says a refusal; everything without an own code is a 409: the state forbids it. */
function refusalError(kind: ApiRefusalKind, detail?: number): TRPCError {
  const refusal = asApiRefusal(kind, detail);
  return new TRPCError({
    code: CODES[kind] ?? 'CONFLICT',
    message: refusal.message,
    cause: new RefusalError(refusal),
  });
}

/** The value of a result, or its refusal thrown. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw refusalError(result.error.kind, result.error.detail);
}

/** Refuses a file of a board with the sentence of the arithmetic, which names step and party. */
export function refuseFile(sentence: string): never {
  const refusal: ApiRefusal = { kind: 'board-refused', message: sentence };
  throw new TRPCError({ code: 'BAD_REQUEST', message: sentence, cause: new RefusalError(refusal) });
}

/** Refuses with a kind. */
export function refuse(kind: ApiRefusalKind, detail?: number): never {
  throw refusalError(kind, detail);
}
