import { readResults } from '@elekto/protocol/result';
import type { ResultsFile3 } from '@elekto/protocol/result';

/** The files of a board and the custody file, from which a count by officers is verified. */
export interface BoardHere {
  readonly board: ReadonlyMap<string, Uint8Array>;
  readonly transcript: string;
}

const CUSTODY = 'custody.json';

/** A result that officers opened together; null for every other one. */
export function officersResult(resultsJson: string | null): ResultsFile3 | null {
  const read = resultsJson === null ? null : readResults(resultsJson);
  return read?.ok && read.value.format === 'elekto-results/3' ? read.value : null;
}

/** From this site. @throws TypeError for a file that is not there. */
export async function publishedBoard({ election, board }: ResultsFile3): Promise<BoardHere> {
  const fetched = async (name: string) => {
    const answer = await fetch(`/elections/${encodeURIComponent(election)}/board/${name}`);
    if (!answer.ok) throw new TypeError(`board/${name}: ${answer.status}`);
    return answer;
  };
  const files = new Map<string, Uint8Array>();
  for (const { name } of board) files.set(name, new Uint8Array(await (await fetched(name)).arrayBuffer()));
  return { board: files, transcript: await (await fetched(CUSTODY)).text() };
}

/** From the visitor's disk: the files of the folder `board`. Without a custody file nothing can be verified. */
export async function chosenBoard(chosen: readonly File[]): Promise<BoardHere> {
  const files = new Map<string, Uint8Array>();
  for (const file of chosen)
    if (file.name !== CUSTODY) files.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const transcript = await chosen.find(({ name }) => name === CUSTODY)?.text();
  return { board: files, transcript: transcript ?? '' };
}
