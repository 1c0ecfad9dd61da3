import type { Diagnostic, OfficersBoard, ReadElection } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { checkCustody } from './check-custody.ts';
import { checkSize } from './check-size.ts';
import type { CustodyFolders } from './model.ts';

/**
 * An election with the board that its `custody:` names, and what there is to say about the two. The board is for an opening: that
 * of an election that has opened is the one its manifest names.
 */
export function withBoards(read: ReadElection, folders: CustodyFolders): ReadElection {
  const { election } = read;
  if (election?.custody === undefined) return read;
  const path = `${read.folder}/election.yaml`;
  const { file } = election.custody;
  const found = folders.boards.get(file);
  const checked = found === undefined ? null : checkCustody(election, found, folders, path);
  const size = checkSize(election, path);
  const board = checked?.fits === true && !size.isTooLarge ? (found?.board ?? null) : null;
  const diagnostics = [
    ...read.diagnostics,
    ...(found?.diagnostics ?? []),
    ...(checked?.diagnostics ?? []),
    ...size.diagnostics,
    ...waits(path, file, found === undefined, board),
  ];
  const ceremony = found?.board?.transcriptHash;
  const custody = { file, board, ...(ceremony !== undefined && { ceremony }) };
  return { ...read, election: { ...election, custody }, diagnostics };
}

function waits(
  path: string,
  file: string,
  isMissing: boolean,
  board: OfficersBoard | null,
): readonly Diagnostic[] {
  const report = new Report(path);
  if (isMissing)
    report.error(
      'custody-missing',
      WHOLE_FILE,
      `There is no ${file} in the elections folder, which "custody" names.`,
      'Begin a ceremony with "elekto custody new" or in the console under Keys; its first step writes the file. Once people vote, name the file again that held the key at the opening.',
    );
  if (board === null)
    report.warning(
      'custody-not-ready',
      WHOLE_FILE,
      `The officers have no key in ${file} with which this election can open.`,
      'See what else is said here: finish the ceremony before voting begins, or take "custody" out, and the server keeps the key. Once people vote, the count goes on with the key that their ballots are sealed to.',
    );
  return report.diagnostics;
}
