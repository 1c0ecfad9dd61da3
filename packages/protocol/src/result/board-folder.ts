/* eslint elekto/words-in-catalogue: off -- the comments of a file in the repository, in English as its hosts are */
import { readResults } from './read-results.ts';

/** Beside the files of a board: the custody file as it stands in the repository. */
export const CUSTODY_NAME = 'custody.json';
/** In the place of files that are too large for a repository: where they are. */
export const ELSEWHERE_NAME = 'elsewhere.txt';

/** Boards of more bytes than this do not go into the repository: every later clone would carry them. */
export const MOST_IN_REPOSITORY = 8 * 1024 * 1024;

/** A file of an election's published folder; bytes where it is no text. */
export interface FolderFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Where the files of a board are had from. */
export interface BoardAtHand {
  readonly sizes: () => Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  readonly file: (name: string) => Promise<Uint8Array>;
  /** The text of the custody file. */
  readonly custody: () => Promise<string>;
  /** The election's page on its site, from which anybody has the files; null where nobody knows it. */
  readonly address: string | null;
}

/**
 * What lies in `board/` beside a results.json of format 3, so that the folder verifies by itself; nothing for other formats. A board
 * of more than `MOST_IN_REPOSITORY` bytes gives names, hashes and the address to have the files from.
 */
export async function boardFolder(resultsJson: string, board: BoardAtHand): Promise<readonly FolderFile[]> {
  const read = readResults(resultsJson);
  if (!read.ok || read.value.format !== 'elekto-results/3') return [];
  const named = read.value.board;
  const custody = { name: `board/${CUSTODY_NAME}`, content: await board.custody() };
  const sizes = new Map((await board.sizes()).map(({ name, bytes }) => [name, bytes]));
  const total = named.reduce((sum, { name }) => sum + (sizes.get(name) ?? 0), 0);
  if (total > MOST_IN_REPOSITORY && board.address !== null) {
    const content = elsewhereText(board.address, total, named);
    return [{ name: `board/${ELSEWHERE_NAME}`, content }, custody];
  }
  const files: FolderFile[] = [];
  for (const { name } of named) files.push({ name: `board/${name}`, content: await board.file(name) });
  return [...files, custody];
}

type Hashed = { readonly name: string; readonly sha256: string };

const elsewhereText = (address: string, total: number, named: readonly Hashed[]): string =>
  [
    `# The files of this board have ${Math.ceil(total / 1024 / 1024)} MiB, which is too much for the repository. They are had from`,
    address,
    '# "elekto verify" takes them from there and checks that they are these, as the signed results.json names them:',
    ...named.map(({ name, sha256 }) => `# ${sha256}  ${name}`),
    '',
  ].join('\n');

/** The address in an elsewhere.txt: its one line that is no comment. Null unless it is of https, or of this machine itself. */
export function readElsewhere(text: string): string | null {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const url = lines.length === 1 && URL.canParse(lines[0] ?? '') ? new URL(lines[0] ?? '') : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || isHere ? url.href : null;
}
