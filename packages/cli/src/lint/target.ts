import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic, SourceFile } from '@elekto/election';
import { decodeText, MetaRepoError, readDirectory } from '@elekto/metarepo';
import { CliError } from '../cli-error.ts';
import { nearestElections } from '../elections-folder.ts';

/** One path of the command line, read. */
export type Target = FolderTarget | FileTarget;

export interface FolderTarget {
  readonly kind: 'folder';
  /** Paths relative to the elections folder, which may lie above the path that was given. */
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** A file's path as the user would write it. */
  readonly shown: (path: string) => string;
}

export interface FileTarget {
  readonly kind: 'file';
  readonly path: string;
  readonly text: string;
  readonly problems: readonly Diagnostic[];
}

/** Reads a path: a file as it is, a directory as an elections folder or a part of one. */
export async function readTarget(path: string, electionsDir: string | undefined): Promise<Target> {
  const kind = await stat(path).catch(() => null);
  if (!kind) throw new CliError(`${path}: there is no such file or directory.`);
  if (kind.isFile()) {
    if (kind.size > 64 * 1024 * 1024) throw new CliError(`${path}: the file is larger than 64 MiB.`);
    const { text, problems } = decodeText(await readFile(path), path);
    return { kind: 'file', path, text, problems };
  }
  const inner = await elections(path, electionsDir);
  const prefix = inner === '' ? await placeInElections(path) : '';
  try {
    const { files, diagnostics } = await readDirectory(join(path, inner), '');
    const moved = <T extends { path: string }>(file: T): T => ({ ...file, path: prefix + file.path });
    const named = (problem: Diagnostic): Diagnostic => ({ ...problem, file: prefix + problem.file });
    return {
      kind: 'folder',
      files: files.map((file) => ({
        ...moved(file),
        ...(file.problems ? { problems: file.problems.map(named) } : {}),
      })),
      diagnostics: diagnostics.map(named),
      shown: (file) => join(path, inner, file.startsWith(prefix) ? file.slice(prefix.length) : file),
    };
  } catch (error) {
    if (error instanceof MetaRepoError) throw new CliError(error.message);
    throw error;
  }
}

/** Candidate files in a folder that holds no election yet: nominations before election.yaml is there. */
export async function candidateFilesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /candidate-[^/]*\.md$/i.test(entry.name))
    .map((entry) => join(path, entry.name))
    .sort();
}

/** The elections folder below `path`, or '' when `path` is it or lies within. */
async function elections(path: string, asked: string | undefined): Promise<string> {
  if (asked !== undefined) return asked;
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some((entry) => /^elections?\.ya?ml$/i.test(entry.name) && !entry.isDirectory())) return '';
  return entries.some((entry) => entry.name === 'elections' && entry.isDirectory()) ? 'elections' : '';
}

/** `steering/` for `.../elections/steering`: keys are counted from the elections folder. */
async function placeInElections(path: string): Promise<string> {
  const full = resolve(path);
  const top = nearestElections(full);
  if (top !== null) return top === full ? '' : `${relative(top, full).split(sep).join('/')}/`;
  const entries = await readdir(full);
  return entries.some((name) => /^elections?\.ya?ml$/i.test(name)) ? `${basename(full)}/` : '';
}
