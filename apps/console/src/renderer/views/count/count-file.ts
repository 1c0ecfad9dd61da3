/** A file of ballots read and counted in the window. */
import { describeFile, readBallotFile, UnclearFormatError, type BallotFile } from '@elekto/formats';
import { BallotsFormatError, count, CountError, type MethodName, type Outcome } from '@elekto/tally';

/** More would keep the window from answering for too long. */
export const MOST_MB = 50;

export type ReadFile =
  | { readonly kind: 'read'; readonly file: BallotFile; readonly about: string }
  | { readonly kind: 'unread'; readonly why: string }
  | { readonly kind: 'too-large' };

/** Reads any format that `elekto tally` reads. Never rejects for what is in a file. */
export async function readDropped(file: File): Promise<ReadFile> {
  if (file.size > MOST_MB * 1024 * 1024) return { kind: 'too-large' };
  try {
    const read = readBallotFile(new Uint8Array(await file.arrayBuffer()));
    return { kind: 'read', file: read, about: describeFile(read) };
  } catch (error) {
    const known =
      error instanceof BallotsFormatError ||
      error instanceof UnclearFormatError ||
      error instanceof DOMException;
    if (!known) throw error;
    return { kind: 'unread', why: error.message };
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
