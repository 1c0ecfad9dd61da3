import type { CustodyFolders } from '../custody/model.ts';
import { readCustodyFolders } from '../custody/read-folders.ts';
import { withBoards } from '../custody/with-boards.ts';
import type { LoginRule } from '../login.ts';
import type { Diagnostic, ReadElection, ResultsKey, SiteFile, SourceFile } from '../model.ts';
import { inOrder, Report, WHOLE_FILE } from '../report.ts';
import { readResultsKeys } from '../results-keys/read-results-keys.ts';
import { NO_SITE, readSiteFile } from '../site-file/read-site-file.ts';
import { quoted } from '../text.ts';
import { baseName, isDefinitionName, relativeFolder, RESULTS_KEYS_NAME, SITE_NAME } from './files.ts';
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

/** A whole elections folder after reading. */
export interface ReadTree {
  readonly elections: readonly ReadElection[];
  /** The servers whose signatures are trusted; empty when results-keys.yaml is missing or cannot be read. */
  readonly resultsKeys: readonly ResultsKey[];
  /** What site.yaml says; nothing when it is missing or cannot be read. */
  readonly site: SiteFile;
  /** The custody files and the officers' public keys. */
  readonly custody: CustodyFolders;
  /** Problems that belong to no single election. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every election of a tree. Of two folders with one key the first in path order stays. */
export function readTree(electionsDir: string, files: readonly SourceFile[], rule: LoginRule = {}): ReadTree {
  const custody = readCustodyFolders(electionsDir, files);
  const read = [...electionFolders(electionsDir, files)].map(([folder, list]) =>
    withBoards(readElection(folder, electionsDir, list, rule), custody),
  );
  const { elections, diagnostics } = withUniqueKeys(read);
  const root = readRootFiles(electionsDir, files);
  return {
    elections,
    resultsKeys: root.resultsKeys,
    site: root.site,
    custody,
    diagnostics: [...diagnostics, ...root.diagnostics, ...custodyDiagnostics(custody, elections)],
  };
}

/** Problems of officers' files, and of custody files that no election names: the others tell theirs themselves. */
export function custodyDiagnostics(
  { boards, diagnostics }: CustodyFolders,
  elections: readonly ReadElection[],
): readonly Diagnostic[] {
  const named = new Set(elections.map(({ election }) => election?.custody?.file));
  return [
    ...diagnostics,
    ...[...boards.values()].flatMap((board) => (named.has(board.file) ? [] : board.diagnostics)),
  ];
}

/** What the files say that stand in the elections folder itself. */
export function readRootFiles(
  electionsDir: string,
  files: readonly SourceFile[],
): Pick<ReadTree, 'resultsKeys' | 'site' | 'diagnostics'> {
  const named = (name: string): SourceFile | undefined =>
    files.find(({ path }) => {
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      return baseName(path) === name && relativeFolder(folder, electionsDir) === '';
    });
  const keys = readKeysFile(named(RESULTS_KEYS_NAME));
  const { site, diagnostics } = readSite(named(SITE_NAME));
  return { resultsKeys: keys.resultsKeys, site, diagnostics: [...keys.diagnostics, ...diagnostics] };
}

function readSite(file: SourceFile | undefined): Pick<ReadTree, 'site' | 'diagnostics'> {
  if (!file || file.refused) return { site: NO_SITE, diagnostics: file?.problems ?? [] };
  const { site, report } = readSiteFile(file.path, file.text);
  return { site, diagnostics: [...(file.problems ?? []), ...inOrder(report.diagnostics)] };
}

/** results-keys.yaml as it was found; nothing is trusted when it is missing or was refused. */
export function readKeysFile(file: SourceFile | undefined): Pick<ReadTree, 'resultsKeys' | 'diagnostics'> {
  if (!file) return { resultsKeys: [], diagnostics: [] };
  const problems = file.problems ?? [];
  if (file.refused) return { resultsKeys: [], diagnostics: problems };
  const { keys, report } = readResultsKeys(file.path, file.text);
  return { resultsKeys: keys, diagnostics: [...problems, ...inOrder(report.diagnostics)] };
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
