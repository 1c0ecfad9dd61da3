import type { Diagnostic, ReadElection, SourceFile } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';
import { baseName, isDefinitionName, relativeFolder } from './files.ts';
import { readElection } from './read-election.ts';

/** Groups a tree's files by folder and names those that are elections, in order of their paths. */
export function electionFolders(
  electionsDir: string,
  files: readonly SourceFile[],
): ReadonlyMap<string, SourceFile[]> {
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
    const relative = relativeFolder(folder, electionsDir);
    if (
      relative === null ||
      relative.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..')
    )
      continue;
    const list = folders.get(folder);
    if (list) list.push(file);
    else folders.set(folder, [file]);
  }
  return new Map(
    [...folders]
      .filter(([, list]) => list.some((file) => isDefinitionName(baseName(file.path))))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Reads every election of a tree. Of two folders with one key the first in path order stays. */
export function readTree(
  electionsDir: string,
  files: readonly SourceFile[],
): { elections: ReadElection[]; diagnostics: Diagnostic[] } {
  const read = [...electionFolders(electionsDir, files)].map(([folder, list]) =>
    readElection(folder, electionsDir, list),
  );
  return withUniqueKeys(read);
}

/** Keeps the first election of every key; folders without a usable key become diagnostics of the tree. */
export function withUniqueKeys<T extends ReadElection>(
  read: readonly T[],
): { elections: T[]; diagnostics: Diagnostic[] } {
  const elections = new Map<string, T>();
  const diagnostics: Diagnostic[] = [];
  for (const election of read) {
    const other = elections.get(election.key);
    if (election.key === '') diagnostics.push(...election.diagnostics);
    else if (other) {
      const report = new Report(`${election.folder}/election.yaml`);
      report.error(
        'key-twice',
        WHOLE_FILE,
        `The folders ${quoted(other.folder)} and ${quoted(election.folder)} have the same key ${quoted(election.key)}; only the first is read.`,
        'Rename one of them.',
      );
      diagnostics.push(...report.diagnostics);
    } else elections.set(election.key, election);
  }
  return { elections: [...elections.values()], diagnostics };
}
