import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readFileName } from '@elekto/custody/board';
import type { BoardBytes } from '@elekto/protocol/board';
import { CUSTODY_NAME, ELSEWHERE_NAME, readElsewhere } from '@elekto/protocol/result';

import { CliError } from '../cli-error.ts';

/** Where a published count is read from. */
export interface BoardSource {
  readonly ballotsCsv: string | null;
  readonly resultsJson: string;
  readonly board: BoardBytes;
  /** The custody file; null where there is none. */
  readonly transcript: string | null;
}

/**
 * The files of the board in the folder `board` beside results.json, and the custody file among them; `elsewhere` is the address to have
 * them from where they are too large for a repository. @throws CliError when that file gives no address.
 */
export function boardIn(
  folder: string,
): Pick<BoardSource, 'board' | 'transcript'> & { readonly elsewhere: string | null } {
  const path = join(folder, 'board');
  const names = namesIn(path);
  const files = names.filter((name) => readFileName(name) !== null);
  return {
    board: new Map(files.map((name) => [name, Uint8Array.from(readFileSync(join(path, name)))])),
    transcript: names.includes(CUSTODY_NAME) ? readFileSync(join(path, CUSTODY_NAME), 'utf8') : null,
    elsewhere: names.includes(ELSEWHERE_NAME) ? elsewhereIn(join(path, ELSEWHERE_NAME)) : null,
  };
}

function elsewhereIn(path: string): string {
  const address = readElsewhere(readFileSync(path, 'utf8'));
  if (address === null)
    throw new CliError(`${path}: names no address of https to have the board's files from`);
  return address;
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
