import { relativeFolder } from '../tree/files.ts';
import { sameLogin } from '../login.ts';
import type { Diagnostic, SourceFile } from '../model.ts';
import { WHOLE_FILE, inOrder } from '../report.ts';
import { quoted } from '../text.ts';
import type { CustodyFile, CustodyFolders, OfficerKeys } from './model.ts';
import { readBoard } from './read-board.ts';
import { readOfficerKeys } from './read-officer-keys.ts';

/** The folders of the elections folder that custody has, and what is read of each. */
export const CUSTODY_FOLDERS = ['keys', 'officers'] as const;
export type CustodyFolder = (typeof CUSTODY_FOLDERS)[number];

/** Which of the folders a file lies in directly; null for any other file. */
export function custodyFolderOf(path: string, electionsDir: string): CustodyFolder | null {
  if (!path.endsWith('.json')) return null;
  const inner = relativeFolder(path.slice(0, Math.max(0, path.lastIndexOf('/'))), electionsDir);
  return CUSTODY_FOLDERS.find((name) => name === inner) ?? null;
}

/** What was read of a text stays true: a ceremony is not checked again at every look at the repository. */
const READ = new Map<string, CustodyFile>();
const MOST_REMEMBERED = 200;

function readOnce(file: string, source: SourceFile): CustodyFile {
  const name = `${source.path}\n${source.text}`;
  const known = source.refused === true || source.problems?.length ? undefined : READ.get(name);
  if (known !== undefined) return known;
  const read = readBoard(file, source);
  if (source.refused === true || source.problems?.length) return read;
  if (READ.size >= MOST_REMEMBERED) READ.clear();
  READ.set(name, read);
  return read;
}

/** Reads the custody files and the officers' keys among the files of a tree; others are left alone. */
export function readCustodyFolders(electionsDir: string, files: readonly SourceFile[]): CustodyFolders {
  const of = (folder: CustodyFolder): SourceFile[] =>
    files.filter(({ path }) => custodyFolderOf(path, electionsDir) === folder);
  const boards = of('keys').map((source) =>
    readOnce(`keys/${source.path.slice(source.path.lastIndexOf('/') + 1)}`, source),
  );
  const officers: OfficerKeys[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of of('officers')) {
    const { keys, report } = readOfficerKeys(source);
    const twin = keys === null ? undefined : officers.find((other) => isTwin(keys, other));
    if (keys !== null && twin !== undefined)
      report.error(
        'officer-keys-twice',
        WHOLE_FILE,
        `${quoted(keys.login)} has the login or a key of ${quoted(twin.login)}.`,
        'Every officer makes a key of their own, on a computer of their own.',
      );
    else if (keys !== null) officers.push(keys);
    diagnostics.push(...inOrder(report.diagnostics));
  }
  const folder = electionsDir
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return { folder, boards: new Map(boards.map((board) => [board.file, board])), officers, diagnostics };
}

const isTwin = (a: OfficerKeys, b: OfficerKeys): boolean =>
  sameLogin(a.login, b.login) || [a.sign, a.receive].some((key) => key === b.sign || key === b.receive);
