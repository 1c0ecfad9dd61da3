import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { extname } from 'node:path';

import type { BallotTable } from '@elekto/tally';
import { BallotsCsvReader, BallotsFormatError, parseBallotsJson, readBallotDocument } from '@elekto/tally';

import { CliError } from './cli-error.ts';

/** Bytes read at once; a file of ballots may be far larger than memory should hold as text. */
const PIECE = 1 << 20;

/**
 * Reads a file of ballots by its extension: .csv (Elekto's, or CIVS-era with `civs`), .json, .yaml, .yml.
 * @throws CliError naming file, line and column.
 */
export async function readBallots(file: string, options: { civs: boolean }): Promise<BallotTable> {
  try {
    return await read(file, options);
  } catch (error) {
    if (error instanceof BallotsFormatError) throw new CliError(`${file}: ${error.message}`);
    if (isSystemError(error)) throw new CliError(`${file}: cannot be read (${error.code})`);
    throw error;
  }
}

async function read(file: string, options: { civs: boolean }): Promise<BallotTable> {
  const kind = extname(file).toLowerCase();
  if (kind === '.csv') return readCsv(file, options);
  if (kind === '.json') return parseBallotsJson(readFileSync(file, 'utf8'));
  if (kind === '.yaml' || kind === '.yml') {
    const { parseYamlSource } = await import('./yaml-source.ts');
    return readBallotDocument(parseYamlSource(readFileSync(file, 'utf8')));
  }
  throw new CliError(`${file}: expected a file that ends in .csv, .json, .yaml or .yml`);
}

function readCsv(file: string, options: { civs: boolean }): BallotTable {
  const reader = new BallotsCsvReader(options);
  const piece = new Uint8Array(PIECE);
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      const length = readSync(handle, piece);
      if (length === 0) return reader.end();
      reader.push(piece.subarray(0, length));
    }
  } finally {
    closeSync(handle);
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error
  );
}
