import { refuse, type Refusal, type RefusalCode } from '../refusal.ts';
import type { BoardKey } from './board-key.ts';
import { type Header, officerAt } from './header.ts';

/** Where a ceremony stands. Positions are from 1; those `missing` are named without blame. */
export type Standing =
  | { readonly state: 'dealing'; readonly missing: readonly number[] }
  | { readonly state: 'disputed'; readonly dealer: number; readonly complainer: number }
  | { readonly state: 'confirming'; readonly missing: readonly number[]; readonly key: BoardKey }
  | { readonly state: 'complete'; readonly key: BoardKey }
  /** Over without a key: the next one takes a new header. The refusal names who it was. */
  | { readonly state: 'void'; readonly reason: Refusal };

export const refusal = (code: RefusalCode, step: string, party: string, sentence: string): Refusal =>
  (refuse(code, { step, party }, sentence) as { error: Refusal }).error;

export const voided = (
  header: Header,
  code: RefusalCode,
  officer: number,
  step: string,
  sentence: string,
): Standing => ({
  state: 'void',
  reason: refusal(code, step, officerAt(header, officer).login, sentence),
});
