/** Whatever a call can end in besides success, as one of the kinds the catalogue has help for. */
import type { Texts } from '../../texts/index.ts';

export type ProblemKind = keyof Texts['refusals'];

export interface Problem {
  readonly kind: ProblemKind;
  /** Seconds to wait, or an instant in ms; as the kind says. */
  readonly detail: number | null;
}

interface RefusalShape {
  readonly data?: { readonly refusal?: { readonly kind: string; readonly detail?: number } | null } | null;
}

/** A refusal by its kind; no answer at all is `offline`; anything else is `unexpected`. */
export function problemOf(error: unknown, known: Texts['refusals']): Problem {
  const data = (error as RefusalShape | null)?.data;
  const refusal = data?.refusal;
  if (refusal && Object.hasOwn(known, refusal.kind)) {
    return { kind: refusal.kind as ProblemKind, detail: refusal.detail ?? null };
  }
  const name = (error as Error | null)?.name;
  if (name === 'PaperError') return { kind: 'manifest-changed', detail: null };
  return { kind: name === 'TRPCClientError' && !data ? 'offline' : 'unexpected', detail: null };
}
