import { dirname } from 'node:path/posix';
import {
  candidateFileName,
  LIMITS,
  mayBeMisnamed,
  misnamedCandidate,
  type Diagnostic,
  type ReadElection,
  type SourceFile,
} from '@elekto/election';
import { deadLinks } from '@elekto/election/dead-links';

/** Deeper than people put a file by mistake. */
const DEEPEST = 3;
/** Each is a call of git. */
const MOST_READ = 200;

type Git = (...args: readonly string[]) => Promise<string>;

/**
 * What the linter says of a commit beyond the files that make elections: candidates under other names, and links to nothing.
 * `files` are those that were read, by their paths from the top.
 */
export async function lintCommit(
  git: Git,
  commit: string,
  elections: readonly ReadElection[],
  files: readonly SourceFile[],
): Promise<readonly Diagnostic[]> {
  const listed = entriesIn(await git('ls-tree', '-r', '-z', '--long', '--full-tree', commit));
  return [
    ...(await misnamed(git, commit, elections, listed)),
    ...linksToNothing(
      elections,
      files,
      listed.map(({ path }) => path),
    ),
  ];
}

interface Entry {
  readonly path: string;
  /** Bytes; null for what is no ordinary file. */
  readonly size: number | null;
}

function entriesIn(listing: string): readonly Entry[] {
  return listing
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', , , size = ''] = line.slice(0, tab).split(/ +/);
      return { path: line.slice(tab + 1), size: mode.startsWith('100') ? Number(size) : null };
    });
}

async function misnamed(
  git: Git,
  commit: string,
  elections: readonly ReadElection[],
  listed: readonly Entry[],
): Promise<readonly Diagnostic[]> {
  const folders = new Set(elections.map(({ folder }) => folder));
  const found: Diagnostic[] = [];
  let left = MOST_READ;
  for (const { path, size } of listed) {
    const folder = electionAround(path, folders);
    if (folder === null || size === null || size > LIMITS.candidate || !mayBeMisnamed(path)) continue;
    const isNested = dirname(path) !== folder;
    // In its place and by its name it is read already.
    if (!isNested && candidateFileName(path).kind !== 'other') continue;
    if (left-- <= 0) break;
    const problem = misnamedCandidate(path, await git('cat-file', 'blob', `${commit}:${path}`), isNested);
    if (problem) found.push(problem);
  }
  return found;
}

/** The nearest folder of an election that a file lies in, or null. */
function electionAround(path: string, folders: ReadonlySet<string>): string | null {
  let at = dirname(path);
  for (let up = 0; up <= DEEPEST; up++, at = dirname(at)) if (folders.has(at)) return at;
  return null;
}

function linksToNothing(
  elections: readonly ReadElection[],
  files: readonly SourceFile[],
  paths: readonly string[],
): readonly Diagnostic[] {
  const there = new Set<string>(['', '.']);
  for (const path of paths) for (let at = path; at !== '.' && !there.has(at); at = dirname(at)) there.add(at);
  const around = {
    isRepository: true,
    exists: (path: string) => there.has(path.replace(/\/+$/, '')),
  };
  return elections.flatMap((read) =>
    deadLinks(
      read,
      files.filter(({ path }) => dirname(path) === read.folder),
      around,
    ),
  );
}
