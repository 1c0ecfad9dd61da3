import {
  lintFile,
  lintTree,
  type BioRules,
  type Diagnostic,
  type LoginRule,
  type ReadElection,
  type ReadFile,
} from '@elekto/election';
import { deadLinks, deadLinksIn } from '@elekto/election/dead-links';
import { dirname, join } from 'node:path';
import { misnamedIn } from './misnamed.ts';
import { aroundOf } from './surroundings.ts';
import { candidateFilesIn, readTarget, type FileTarget, type FolderTarget } from './target.ts';

export interface LintOptions extends BioRules, LoginRule {
  readonly electionsDir?: string | undefined;
}

/** Everything the linter found, with files named as the user would write them. */
export interface LintReport {
  readonly elections: readonly ReadElection[];
  readonly files: readonly (ReadFile & { readonly file: string })[];
  /** Problems that belong to no single election. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text of each file by its name in the diagnostics. */
  readonly texts: ReadonlyMap<string, string>;
  readonly summary: { readonly errors: number; readonly warnings: number };
}

/** Reads and checks every path. */
export async function lintPaths(paths: readonly string[], options: LintOptions): Promise<LintReport> {
  const elections: ReadElection[] = [];
  const files: (ReadFile & { file: string })[] = [];
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const queue = [...paths];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const target = await readTarget(path, options.electionsDir);
    if (target.kind === 'file') {
      texts.set(target.path, target.text);
      const read = lintFile(target.path, target.text, options);
      const links = lintLinks(target, read);
      files.push({
        ...read,
        diagnostics: [...target.problems, ...read.diagnostics, ...links],
        file: target.path,
      });
      continue;
    }
    for (const file of target.files) texts.set(target.shown(file.path), file.text);
    const tree = lintFolder(path, target, options);
    const folders = tree.elections.map(({ folder }) => dirname(target.shown(join(folder, 'election.yaml'))));
    diagnostics.push(...(await misnamedIn(folders)));
    if (tree.elections.length === 0) queue.unshift(...(await candidateFilesIn(path)));
    elections.push(...tree.elections);
    diagnostics.push(...tree.diagnostics);
  }
  const all = [...elections, ...files].flatMap((part) => part.diagnostics).concat(diagnostics);
  const count = (severity: string): number =>
    all.filter((diagnostic) => diagnostic.severity === severity).length;
  return {
    elections,
    files,
    diagnostics,
    texts,
    summary: { errors: count('error'), warnings: count('warning') },
  };
}

/** Names files as the user would write them. */
function lintFolder(
  path: string,
  target: FolderTarget,
  options: LintOptions,
): { elections: ReadElection[]; diagnostics: Diagnostic[] } {
  const rename = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: target.shown(diagnostic.file),
  });
  const tree = lintTree('', target.files, { ...options, now: Date.now() });
  const around = aroundOf(path);
  const byName = new Map(target.files.map((file) => [around.nameOf(target.shown(file.path)), file] as const));
  const links = (read: ReadElection): Diagnostic[] => {
    const own = [...byName].filter(([, { path }]) => dirname(path) === (read.folder || '.'));
    const found = deadLinks(
      read,
      own.map(([name, file]) => ({ ...file, path: name })),
      around,
    );
    return found.map((each) => ({ ...each, file: target.shown(byName.get(each.file)?.path ?? each.file) }));
  };
  return {
    elections: tree.elections.map((read) => ({
      ...read,
      diagnostics: [...read.diagnostics.map(rename), ...links(read)],
    })),
    diagnostics: [...target.diagnostics, ...tree.diagnostics].map(rename),
  };
}

/** The links of a candidate's file that is linted alone. */
function lintLinks({ path, text }: FileTarget, read: ReadFile): readonly Diagnostic[] {
  if (read.kind !== 'candidate' || !read.candidate) return [];
  const around = aroundOf(dirname(path));
  const found = deadLinksIn({ path: around.nameOf(path), text }, [read.candidate.bio], around);
  return found.map((each) => ({ ...each, file: path }));
}
