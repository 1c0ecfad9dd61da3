/** A file of ballots read and counted in the window. */
import {
  describeFile,
  readBallotFile,
  UnclearDirectionError,
  UnclearFormatError,
  type BallotFile,
  type ReadOptions,
} from '@elekto/formats';
import { BallotsFormatError, count, CountError, type MethodName, type Outcome } from '@elekto/tally';
import { plainWords } from './plain-words.ts';

/** More would keep the window from answering for too long. */
export const MOST_MB = 50;

export type ReadFile =
  | { readonly kind: 'read'; readonly file: BallotFile; readonly about: string }
  | { readonly kind: 'which-is-best' }
  | { readonly kind: 'unread'; readonly why: string }
  | { readonly kind: 'too-large' };

/** Which number is best, where a person had to say it. */
export type Best = NonNullable<ReadOptions['best']>;

/** Reads any format that `elekto tally` reads, and asks where its numbers may mean either. Never rejects for what is in a file. */
export async function readDropped(file: File, best: Best | null): Promise<ReadFile> {
  if (file.size > MOST_MB * 1024 * 1024) return { kind: 'too-large' };
  try {
    const read = readBallotFile(new Uint8Array(await file.arrayBuffer()), { best });
    return { kind: 'read', file: read, about: plainWords(describeFile(read)) };
  } catch (error) {
    if (error instanceof UnclearDirectionError) return { kind: 'which-is-best' };
    const known =
      error instanceof BallotsFormatError ||
      error instanceof UnclearFormatError ||
      error instanceof DOMException;
    if (!known) throw error;
    return { kind: 'unread', why: plainWords(error.message) };
  }
}

export type Counted = { readonly outcome: Outcome } | { readonly why: string };

/** Counts it without those whom the file says to leave out. */
export function countFile({ ballots, withdrawn }: BallotFile, method: MethodName, seats: number): Counted {
  const gone = new Set(withdrawn);
  const kept = [...ballots.candidates.keys()].filter((i) => !gone.has(ballots.candidates[i] ?? ''));
  try {
    return { outcome: count(gone.size === 0 ? ballots : ballots.withColumns(kept), { method, seats }) };
  } catch (error) {
    if (!(error instanceof CountError)) throw error;
    return { why: error.message };
  }
}
