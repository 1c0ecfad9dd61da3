import { CUSTODY_NAME, readResults } from '@elekto/protocol/result';
import type { ResultsFile3 } from '@elekto/protocol/result';
import { fromBase64Url } from '@elekto/wire';
import type { Api } from '../shared/api.ts';

/** The files of a board and the custody file, from which a count by officers is verified. */
export interface BoardHere {
  readonly board: ReadonlyMap<string, Uint8Array>;
  readonly transcript: string;
}

/** A result that officers opened together; null for every other one. */
export function officersResult(resultsJson: string | null): ResultsFile3 | null {
  const read = resultsJson === null ? null : readResults(resultsJson);
  return read?.ok && read.value.format === 'elekto-results/3' ? read.value : null;
}

/** From the server that held the election. @throws the server's refusal for a file that is not there. */
export async function publishedBoard(api: Api, { election, board }: ResultsFile3): Promise<BoardHere> {
  const files = new Map<string, Uint8Array>();
  for (const { name } of board) {
    const text = await api.board.file.query({ election, name });
    files.set(name, fromBase64Url(text, Math.floor((text.length * 3) / 4)) ?? new Uint8Array());
  }
  return { board: files, transcript: await api.board.custody.query({ election }) };
}

/** From the visitor's disk: the files of the folder `board`. Without a custody file nothing can be verified. */
export async function chosenBoard(chosen: readonly File[]): Promise<BoardHere> {
  const files = new Map<string, Uint8Array>();
  for (const file of chosen)
    if (file.name !== CUSTODY_NAME) files.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const transcript = await chosen.find(({ name }) => name === CUSTODY_NAME)?.text();
  return { board: files, transcript: transcript ?? '' };
}
