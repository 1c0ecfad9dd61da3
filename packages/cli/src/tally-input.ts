import { setFlagsFromString } from 'node:v8';

import type { BallotFile, FormatName, ReadOptions } from '@elekto/formats';
import { addUp, BallotFileReader } from '@elekto/formats';
import type { BallotTable } from '@elekto/tally';
import { BallotsFormatError, columnsWithout, CountError } from '@elekto/tally';

import { findBallots } from './ballot-files.ts';
import { CliError } from './cli-error.ts';
import { isSystemError } from './system-error.ts';

export interface InputOptions extends ReadOptions {
  readonly from?: FormatName | null;
  /** Which file of a folder or archive. */
  readonly entry?: string | undefined;
  /** Several files of a folder or archive are parts of one election. */
  readonly together?: boolean | undefined;
}

/**
 * Reads ballots of any format: a file, standard input for "-", or what is in a folder or zip archive.
 * @throws CliError naming file, line and column.
 */
export async function readBallots(path: string, options: InputOptions): Promise<BallotFile> {
  // Reading makes much that is forgotten at once. Where young space grows for it, a million ballots cost some
  // 50 MB more, and no time is won.
  setFlagsFromString('--semi-space-growth-factor=1');
  let at = path === '-' ? 'standard input' : path;
  try {
    const files: BallotFile[] = [];
    for (const source of await findBallots(path, options)) {
      at = source.name;
      const reader = new BallotFileReader(options);
      for await (const piece of (await source.open()) as AsyncIterable<Uint8Array>) reader.push(piece);
      files.push(reader.end());
    }
    return files.length === 1 ? (files[0] as BallotFile) : addUp(files);
  } catch (error) {
    if (error instanceof BallotsFormatError || error instanceof CountError)
      throw new CliError(`${at}: ${error.message}`);
    if (isSystemError(error)) throw new CliError(`${at}: cannot be read (${error.code})`);
    throw error;
  }
}

/**
 * The ballots without those who withdrew, by the file or by `names`, as `withoutCandidates` of the engine does it.
 * @throws CliError for a name that is no candidate.
 */
export function withoutNamed(file: BallotFile, names: readonly string[]): BallotTable {
  const { ballots, withdrawn } = file;
  const stranger = names.find((name) => !ballots.candidates.includes(name));
  if (stranger !== undefined)
    throw new CliError(`--without ${stranger}: no candidate has this name: ${ballots.candidates.join(', ')}`);
  const gone = new Set([...withdrawn, ...names]);
  return gone.size === 0 ? ballots : ballots.withColumns(columnsWithout(ballots.candidates, gone));
}
