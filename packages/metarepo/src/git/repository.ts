import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MetaRepoError } from '../meta-repo-error.ts';

/** Where a local repository keeps its parts. In a linked work tree they are two directories. */
export interface GitDirs {
  /** Holds HEAD. */
  readonly gitDir: string;
  /** Holds refs, packed-refs and objects. */
  readonly commonDir: string;
}

/** The git directories of a work tree, a linked work tree, a submodule or a bare repository; null for another directory. */
export async function findGitDirs(path: string): Promise<GitDirs | null> {
  const dotGit = join(path, '.git');
  const kind = await stat(dotGit).catch(() => null);
  let gitDir: string | null = null;
  if (kind?.isDirectory()) gitDir = dotGit;
  else if (kind?.isFile()) {
    const link = /^gitdir:\s*(.+?)\s*$/m.exec(await readFile(dotGit, 'utf8'))?.[1];
    if (link) gitDir = resolve(path, link);
  } else if (
    (await exists(join(path, 'HEAD'))) &&
    (await exists(join(path, 'objects'))) &&
    (await exists(join(path, 'refs')))
  )
    gitDir = path;
  if (gitDir === null) return null;
  const common = (await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => '')).trim();
  return { gitDir, commonDir: common ? resolve(gitDir, common) : gitDir };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Refuses repositories whose storage this reader does not know. */
export async function checkFormat({ commonDir }: GitDirs, shown: string): Promise<void> {
  const config = await readFile(join(commonDir, 'config'), 'utf8').catch(() => '');
  const format = /^\s*(objectformat|refstorage)\s*=\s*(\S+)/im.exec(config);
  if (!format || /^(?:sha1|files)$/i.test(format[2] ?? '')) return;
  throw new MetaRepoError(
    'unsupported',
    `The repository ${shown} uses ${format[1]} = ${format[2]}, which is not supported.`,
  );
}

/** The commit a branch (default: HEAD) points at. */
export async function resolveBranch(
  dirs: GitDirs,
  branch: string | undefined,
  shown: string,
): Promise<string> {
  if (branch !== undefined && !/^(?!-)(?!.*\.\.)[^\s\\:?*[~^]+$/.test(branch))
    throw new MetaRepoError('no-branch', `"${branch}" is not a branch name.`);
  const names = branch === undefined ? ['HEAD'] : [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`];
  for (const name of names) {
    const id = await resolveRef(dirs, name, 0);
    if (id) return id;
  }
  throw new MetaRepoError(
    'no-branch',
    branch === undefined
      ? `The repository ${shown} has no commits yet.`
      : `The repository ${shown} has no branch "${branch}".`,
  );
}

async function resolveRef(dirs: GitDirs, name: string, depth: number): Promise<string | null> {
  if (depth > 5) return null;
  const folder = name === 'HEAD' ? dirs.gitDir : dirs.commonDir;
  const text = (await readFile(join(folder, name), 'utf8').catch(() => '')).trim();
  const symbolic = /^ref:\s*(refs\/\S+)$/.exec(text)?.[1];
  if (symbolic && !symbolic.includes('..')) return resolveRef(dirs, symbolic, depth + 1);
  if (/^[0-9a-f]{40}$/.test(text)) return text;
  const packed = await readFile(join(dirs.commonDir, 'packed-refs'), 'utf8').catch(() => '');
  for (const line of packed.split('\n'))
    if (line.slice(41).trimEnd() === name && /^[0-9a-f]{40} /.test(line)) return line.slice(0, 40);
  return null;
}
