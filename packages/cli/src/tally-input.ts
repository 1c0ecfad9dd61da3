import { closeSync, openSync, readSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

import type { BallotFile, FormatName, ReadOptions } from '@elekto/formats';
import { BallotFileReader } from '@elekto/formats';
import type { BallotTable } from '@elekto/tally';
import { BallotsFormatError } from '@elekto/tally';

import { CliError } from './cli-error.ts';

/** Bytes read at once; a file of ballots may be far larger than memory should hold as text. */
const PIECE = 1 << 18;

export interface InputOptions extends ReadOptions {
  readonly from?: FormatName | null;
}

/**
 * Reads a file of ballots of any format, or standard input for "-".
 * @throws CliError naming file, line and column.
 */
export function readBallots(file: string, options: InputOptions): BallotFile {
  const name = file === '-' ? 'standard input' : file;
  // Reading makes much that is forgotten at once. Where young space grows for it, a million ballots cost some
  // 50 MB more, and no time is won.
  setFlagsFromString('--semi-space-growth-factor=1');
  const reader = new BallotFileReader(options);
  try {
    eachPiece(file, (piece) => reader.push(piece));
    return reader.end();
  } catch (error) {
    if (error instanceof BallotsFormatError) throw new CliError(`${name}: ${error.message}`);
    if (isSystemError(error)) throw new CliError(`${name}: cannot be read (${error.code})`);
    throw error;
  }
}

/**
 * The ballots without those who withdrew, by the file or by `names`. Pairs with them are not compared; in
 * methods that count in rounds, votes for them go on from the start.
 * @throws CliError for a name that is no candidate.
 */
export function withoutCandidates(file: BallotFile, names: readonly string[]): BallotTable {
  const { ballots, withdrawn } = file;
  const stranger = names.find((name) => !ballots.candidates.includes(name));
  if (stranger !== undefined)
    throw new CliError(`--without ${stranger}: no candidate has this name: ${ballots.candidates.join(', ')}`);
  const gone = new Set([...withdrawn, ...names]);
  if (gone.size === 0) return ballots;
  return ballots.withColumns(
    [...ballots.candidates.keys()].filter((i) => !gone.has(ballots.candidates[i] as string)),
  );
}

function eachPiece(file: string, push: (piece: Uint8Array) => void): void {
  const piece = new Uint8Array(PIECE);
  const handle = file === '-' ? 0 : openSync(file, 'r');
  try {
    for (;;) {
      const length = readSome(handle, piece);
      if (length === 0) return;
      push(piece.subarray(0, length));
    }
  } finally {
    if (handle !== 0) closeSync(handle);
  }
}

/** Reads on, also from a pipe that is slow (EAGAIN) or has ended (EOF on Windows). */
function readSome(handle: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(handle, into);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code === 'EOF') return 0;
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error
  );
}
