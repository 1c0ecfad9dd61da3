import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readFileName } from '@elekto/custody/board';
import type { BoardBytes } from '@elekto/protocol/board';

import { CliError } from '../cli-error.ts';

/** Where a published count is read from. */
export interface BoardSource {
  readonly ballotsCsv: string | null;
  readonly resultsJson: string;
  readonly board: BoardBytes;
  /** The custody file; null where there is none. */
  readonly transcript: string | null;
}

/** The files of the board in the folder `board` beside results.json, and the custody file among them. */
export function boardIn(folder: string): Pick<BoardSource, 'board' | 'transcript'> {
  const path = join(folder, 'board');
  const names = namesIn(path);
  const files = names.filter((name) => readFileName(name) !== null);
  return {
    board: new Map(files.map((name) => [name, Uint8Array.from(readFileSync(join(path, name)))])),
    transcript: names.includes('custody.json') ? readFileSync(join(path, 'custody.json'), 'utf8') : null,
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new CliError(`${folder}: cannot be read (${code})`);
  }
}
