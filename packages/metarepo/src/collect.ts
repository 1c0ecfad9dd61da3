import {
  CUSTODY_FOLDERS,
  isDefinitionName,
  LIMITS,
  ROOT_FILES,
  sizeLimitOf,
  type Diagnostic,
  type SourceFile,
} from '@elekto/election';
import { decodeText } from './decode.ts';
import { MissingObjectError } from './git/object-store.ts';
import { OversizedTreeError } from './git/git-tree.ts';
import { MetaRepoError } from './meta-repo-error.ts';
import { DamagedCopyError, type TreeEntry, type TreeReader } from './tree-reader.ts';

/** One election's folder as found: its files when they had to be read. */
interface CollectedFolder {
  readonly folder: string;
  /** Equal for equal content; null when the reader cannot tell beforehand. */
  readonly fingerprint: string | null;
  readonly files: () => Promise<readonly SourceFile[]>;
}

export interface Collection {
  /** Files of the elections folder itself that are none of an election's (`ROOT_FILES`). */
  readonly rootFiles: () => Promise<readonly SourceFile[]>;
  /** The JSON files of the folders `keys` and `officers` in the elections folder itself. */
  readonly custodyFiles: () => Promise<readonly SourceFile[]>;
  readonly folders: readonly CollectedFolder[];
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_ENTRIES = 20_000;
const DEEPEST = 12;
/** Over the whole repository: a few kilobytes of git objects can name each other into millions of folders. */
const MOST_FOLDERS = 10_000;
const MOST_ENTRIES_IN_ALL = 200_000;
const MOST_ELECTIONS = 1_000;
const MOST_DIAGNOSTICS = 1_000;

/**
 * Finds the election folders of a tree. Other folders' files are not looked at; symbolic links,
 * submodules, and files or folders that are too big are named in a diagnostic and left out.
 */
export async function collect(tree: TreeReader, electionsDir: string, shown: string): Promise<Collection> {
  const diagnostics: Diagnostic[] = [];
  const folders: CollectedFolder[] = [];
  let visited = 0;
  let seen = 0;
  let isFull = false;
  let rootFiles: Collection['rootFiles'] = async () => [];
  const custodyFiles: (() => Promise<readonly SourceFile[]>)[] = [];

  /** From here on nothing more is looked at. */
  const stopAt = (path: string, most: number, what: string): void => {
    isFull = true;
    const said = `There are more than ${most} ${what}; the rest is ignored.`;
    diagnostics.push(
      refusal('folder-too-big', path, said, 'Move what does not belong to elections elsewhere.'),
    );
  };

  const visit = async (id: string, path: string, depth: number, isRoot: boolean): Promise<void> => {
    if (++visited > MOST_FOLDERS) return stopAt(path, MOST_FOLDERS, 'folders');
    if (diagnostics.length >= MOST_DIAGNOSTICS) return stopAt(path, MOST_DIAGNOSTICS, 'problems');
    let entries: readonly TreeEntry[];
    try {
      entries = await tree.list(id);
    } catch (error) {
      if (error instanceof DamagedCopyError || (isRoot && !(error instanceof OversizedTreeError)))
        throw error;
      diagnostics.push(
        refusal(
          'folder-unreadable',
          path,
          reason(error),
          'See whether the folder can be opened at this commit.',
        ),
      );
      return;
    }
    if (entries.length > MOST_ENTRIES) {
      diagnostics.push(
        refusal(
          'folder-too-big',
          path,
          `The folder holds more than ${MOST_ENTRIES} entries and is ignored.`,
          'Move what does not belong to elections elsewhere.',
        ),
      );
      return;
    }
    seen += entries.length;
    if (seen > MOST_ENTRIES_IN_ALL) return stopAt(path, MOST_ENTRIES_IN_ALL, 'entries');
    const ofRoot = new Map<TreeEntry, number>();
    for (const entry of isRoot ? entries : []) {
      const limit = Object.hasOwn(ROOT_FILES, entry.name) ? ROOT_FILES[entry.name] : undefined;
      if (limit !== undefined && entry.kind !== 'folder') ofRoot.set(entry, limit);
    }
    if (isRoot)
      rootFiles = () =>
        Promise.all([...ofRoot].map(([entry, limit]) => readOne(tree, join(path, entry.name), entry, limit)));
    const custody = CUSTODY_FOLDERS.find((name) => path === join(start.path, name));
    if (custody !== undefined) custodyFiles.push(() => readCustody(tree, path, custody, entries));
    const sorted = byName(entries);
    const isElection = sorted.some((entry) => entry.kind !== 'folder' && isDefinitionName(entry.name));
    if (isElection && folders.length >= MOST_ELECTIONS) return stopAt(path, MOST_ELECTIONS, 'elections');
    if (isElection)
      folders.push({
        folder: path,
        fingerprint: tree.fingerprint(id),
        files: () => readFiles(tree, path, sorted),
      });
    for (const entry of sorted) {
      if (isFull || diagnostics.length >= MOST_DIAGNOSTICS) break;
      const inner = join(path, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.kind === 'folder') {
        if (depth < DEEPEST) await visit(entry.id, inner, depth + 1, false);
        else
          diagnostics.push(
            refusal(
              'folder-too-deep',
              inner,
              `The folder is more than ${DEEPEST} levels deep and is ignored.`,
              'Move it up.',
            ),
          );
      } else if (entry.kind !== 'file' && !ofRoot.has(entry) && sizeLimitOf(entry.name) === null)
        diagnostics.push({
          ...refusal(
            entry.kind === 'submodule' ? 'submodule' : 'symlink',
            inner,
            `${NAMES[entry.kind]} is not followed.`,
            'Put the files themselves here.',
          ),
          severity: 'warning',
        });
    }
  };

  const start = await descend(tree, electionsDir, shown);
  await visit(start.id, start.path, 0, true);
  return {
    folders,
    rootFiles,
    custodyFiles: async () => (await Promise.all(custodyFiles.map((read) => read()))).flat(),
    diagnostics,
  };
}

/** The same list where it is sorted: git's are, but for folders whose name another goes on. */
function byName(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const isSorted = entries.every(({ name }, at) => at === 0 || (entries[at - 1]?.name ?? '') < name);
  return isSorted ? entries : [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const NAMES: Readonly<Record<TreeEntry['kind'], string>> = {
  file: 'A file',
  folder: 'A folder',
  symlink: 'A symbolic link',
  submodule: 'A submodule',
  other: 'A special file',
};

async function descend(
  tree: TreeReader,
  electionsDir: string,
  shown: string,
): Promise<{ id: string; path: string }> {
  const parts = electionsDir.split('/').filter((part) => part !== '' && part !== '.');
  let id = tree.root;
  let path = '';
  for (const part of parts) {
    const entry = (await tree.list(id)).find((candidate) => candidate.name === part);
    path = join(path, part);
    if (!entry) throw new MetaRepoError('no-elections-folder', `${shown} has no folder "${electionsDir}".`);
    if (entry.kind !== 'folder')
      throw new MetaRepoError(
        'no-elections-folder',
        `"${path}" in ${shown} is not a folder but ${(NAMES[entry.kind] ?? 'something else').toLowerCase()}.`,
      );
    id = entry.id;
  }
  return { id, path };
}

async function readFiles(
  tree: TreeReader,
  folder: string,
  entries: readonly TreeEntry[],
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const entry of entries) {
    const limit = sizeLimitOf(entry.name);
    if (limit === null || entry.kind === 'folder') continue;
    files.push(await readOne(tree, join(folder, entry.name), entry, limit));
  }
  return files;
}

const CUSTODY_LIMITS = {
  keys: { files: LIMITS.custodyFiles, bytes: LIMITS.custodyFile },
  officers: { files: LIMITS.officerKeys, bytes: LIMITS.officerKey },
} as const;

/** The first so many JSON files of a folder of custody; one more is named, not read. */
async function readCustody(
  tree: TreeReader,
  folder: string,
  kind: keyof typeof CUSTODY_LIMITS,
  entries: readonly TreeEntry[],
): Promise<SourceFile[]> {
  const { files: most, bytes } = CUSTODY_LIMITS[kind];
  const found = entries
    .filter((entry) => entry.kind !== 'folder' && entry.name.endsWith('.json'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: SourceFile[] = [];
  for (const entry of found.slice(0, most))
    files.push(await readOne(tree, join(folder, entry.name), entry, bytes));
  for (const { name } of found.slice(most, most + 1)) {
    const path = join(folder, name);
    const said = `There are more than ${most} files; this one and those after it are not read.`;
    const problems = [refusal('folder-too-big', path, said, 'Remove those of elections that are over.')];
    files.push({ path, text: '', refused: true, problems });
  }
  return files;
}

async function readOne(tree: TreeReader, path: string, entry: TreeEntry, limit: number): Promise<SourceFile> {
  const refused = (code: string, message: string, hint: string): SourceFile => ({
    path,
    text: '',
    refused: true,
    problems: [refusal(code, path, message, hint)],
  });
  if (entry.kind !== 'file')
    return refused(
      entry.kind === 'submodule' ? 'submodule' : 'symlink',
      `${NAMES[entry.kind]} is not followed, so the file was not read.`,
      'Put the file itself here.',
    );
  try {
    const size = await tree.size(entry.id);
    if (size > limit)
      return refused(
        'file-too-big',
        `The file has ${size} bytes, more than the ${limit} that are read.`,
        'Shorten it.',
      );
    return { path, ...decodeText(await tree.read(entry.id), path) };
  } catch (error) {
    if (error instanceof DamagedCopyError) throw error;
    if (tree.omitsLargeFiles && error instanceof MissingObjectError)
      return refused(
        'file-too-big',
        'The file is larger than any that is read and was not fetched.',
        'Shorten it.',
      );
    return refused(
      'file-unreadable',
      `The file could not be read: ${reason(error)}`,
      'See whether it can be opened at this commit.',
    );
  }
}

/** What went wrong, without a path of the machine. */
function reason(error: unknown): string {
  if (error instanceof OversizedTreeError) return 'The folder holds too many entries.';
  if (error instanceof MissingObjectError) return 'The repository does not hold it.';
  const { code } = error as NodeJS.ErrnoException;
  return code ? `The system answers ${code}.` : 'It is damaged.';
}

function refusal(code: string, file: string, message: string, hint: string): Diagnostic {
  return { code, severity: 'error', file, line: 0, column: 0, message, hint };
}

function join(folder: string, name: string): string {
  return folder ? `${folder}/${name}` : name;
}
