import type { BallotTable, UnrankedRule } from '@elekto/tally';

/** The formats by the names that `--from` and `--to` take. */
export type FormatName =
  | 'csv'
  | 'json'
  | 'yaml'
  | 'blt'
  | 'abif'
  | 'cef'
  | 'preflib'
  | 'civs'
  | 'debian'
  | 'caritat'
  | 'cvr';

/** What a file of ballots says. */
export interface BallotFile {
  readonly format: FormatName;
  /** All candidates of the file, also those who withdrew. Its `unranked` is what the file or format says. */
  readonly ballots: BallotTable;
  readonly title: string | null;
  readonly seats: number | null;
  /** Candidates whom the file says to leave out of the count. */
  readonly withdrawn: readonly string[];
  /** What was read in a way that somebody might not expect, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/** What a person says about a file, for what the file itself leaves open. */
export interface ReadOptions {
  /** In files of numbers: whether the highest or the lowest is best. Null: by what the format or content says. */
  readonly best?: 'highest' | 'lowest' | null;
  /** Columns of CSV that are no candidates. */
  readonly ignore?: readonly string[];
  /** Columns of CSV that are candidates, whatever their names look like. */
  readonly candidates?: readonly string[];
  /** The column of CSV that says how many ballots a row stands for. */
  readonly weights?: string | null;
  /** What stands between the cells of CSV, when it is not to be told from the text. */
  readonly delimiter?: string | null;
  /** Empty cells of CSV are not ranked, also where other cells say so in words. */
  readonly civs?: boolean;
  /** What becomes of a ballot of ranks in columns from a rank with two marks on. */
  readonly overvote?: 'stop' | 'skip' | null;
}

/** Reads one file in pieces of bytes, UTF-8 without a byte-order mark; a piece may end anywhere. */
export interface FormatReader {
  push(piece: Uint8Array): void;
  /** @throws BallotsFormatError with line and column, as `push` does. */
  end(): BallotFile;
}

/**
 * How a head of a file looks to a format: not at all like it, or like it, with the reason in words. `sure` is 2 for
 * what only this format has, 0 for what many texts have; where formats differ, the surest is meant.
 */
export type Recognition = null | { readonly why: string; readonly sure: 0 | 1 | 2 };

/** The first part of a file, without a line `sep=;` before it. */
export interface Head {
  readonly text: string;
  /** What such a line says to stand between the cells; null without one. */
  readonly separator: string | null;
  /** Lines of the text; the last may be cut. */
  readonly lines: readonly string[];
}

/** A file in another format, in pieces, and what that format could not hold, each a sentence without a full stop. */
export interface Written {
  readonly pieces: Iterable<string>;
  readonly lost: readonly string[];
}

/** One format. */
export interface BallotFormat {
  readonly name: FormatName;
  /** As a person says it: "BLT (OpenSTV, OpaVote)". */
  readonly title: string;
  recognise(head: Head): Recognition;
  /**
   * Asked where no format recognises a file: why it is likely to be this one with something wrong in it, in words for a
   * reader who finds no fault in the head; null when it is not.
   */
  nearly?(head: Head): string | null;
  read(options: ReadOptions, head: Head): FormatReader;
  /** @throws CannotWriteError when the ballots themselves would change. */
  write(file: BallotFile): Written;
}

/** A file that a format cannot hold without changing what a ballot says. */
export class CannotWriteError extends Error {
  override readonly name = 'CannotWriteError';
}

export type { UnrankedRule };
