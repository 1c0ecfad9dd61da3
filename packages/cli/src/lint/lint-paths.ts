import {
  checkBio,
  readFile,
  readTree,
  type Diagnostic,
  type ReadElection,
  type ReadFile,
  type SourceFile,
} from '@elekto/election';
import { candidateFilesIn, readTarget, type FolderTarget } from './target.ts';

export interface LintOptions {
  readonly maxWords?: number | undefined;
  readonly requiredSections?: readonly string[] | undefined;
  readonly electionsDir?: string | undefined;
}

/** Everything the linter found, with files named as the user would write them. */
export interface LintReport {
  readonly elections: readonly ReadElection[];
  readonly files: readonly (ReadFile & { readonly file: string })[];
  /** Problems that belong to no single election. */
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: { readonly errors: number; readonly warnings: number };
}

/** Reads and checks every path. */
export async function lintPaths(paths: readonly string[], options: LintOptions): Promise<LintReport> {
  const elections: ReadElection[] = [];
  const files: (ReadFile & { file: string })[] = [];
  const diagnostics: Diagnostic[] = [];
  const queue = [...paths];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const target = await readTarget(path, options.electionsDir);
    if (target.kind === 'file') {
      const read = readFile(target.path, target.text);
      const bio =
        read.kind === 'candidate' && read.candidate ? checkBio(read.candidate, target.text, options) : [];
      files.push({
        ...read,
        diagnostics: [...target.problems, ...read.diagnostics, ...bio],
        file: target.path,
      });
      continue;
    }
    const tree = lintFolder(target, options);
    if (tree.elections.length === 0) queue.unshift(...(await candidateFilesIn(path)));
    elections.push(...tree.elections);
    diagnostics.push(...tree.diagnostics);
  }
  const all = [...elections, ...files].flatMap((part) => part.diagnostics).concat(diagnostics);
  const count = (severity: string): number =>
    all.filter((diagnostic) => diagnostic.severity === severity).length;
  return { elections, files, diagnostics, summary: { errors: count('error'), warnings: count('warning') } };
}

function lintFolder(
  target: FolderTarget,
  options: LintOptions,
): { elections: ReadElection[]; diagnostics: Diagnostic[] } {
  const rename = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: target.shown(diagnostic.file),
  });
  const texts = new Map<string, SourceFile>(target.files.map((file) => [file.path, file]));
  const tree = readTree('', target.files);
  const elections = tree.elections.map((read) => {
    const bios = (read.election?.candidates ?? []).flatMap((candidate) =>
      checkBio(candidate, texts.get(candidate.file)?.text ?? '', options),
    );
    return { ...read, diagnostics: [...read.diagnostics, ...bios].map(rename) };
  });
  return { elections, diagnostics: [...target.diagnostics, ...tree.diagnostics].map(rename) };
}
