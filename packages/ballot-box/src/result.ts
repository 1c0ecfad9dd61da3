import type { Refusal, RefusalKind, Result } from '@elekto/protocol/refusal';

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal of a kind; what it means to people is in the catalogue of words. */
export function refuse(kind: RefusalKind, detail?: number, why?: string): Result<never, Refusal> {
  const error = {
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(why === undefined ? {} : { why }),
  };
  return { ok: false, error };
}
