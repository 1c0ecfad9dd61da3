import type { Diagnostic, SourceFile } from '@elekto/election';
import { collect } from './collect.ts';
import { directoryTree } from './directory-tree.ts';
import type { TreeReader } from './tree-reader.ts';

/**
 * Reads the election folders of a directory on disk once, as the linter needs them, and what stands beside them (custody, results-keys.yaml, site.yaml):
 * the files as they stand, with what was refused. Rejects with MetaRepoError when the elections folder is not there.
 */
export async function readDirectory(
  root: string,
  electionsDir: string,
): Promise<{ files: readonly SourceFile[]; diagnostics: readonly Diagnostic[] }> {
  return filesIn(directoryTree(root), electionsDir, root);
}

/** All files of the election folders of a tree, and those beside them. */
export async function filesIn(
  tree: TreeReader,
  electionsDir: string,
  shown: string,
): Promise<{ files: readonly SourceFile[]; diagnostics: readonly Diagnostic[] }> {
  const { folders, rootFiles, custodyFiles, diagnostics } = await collect(tree, electionsDir, shown);
  const files = await Promise.all(folders.map((folder) => folder.files()));
  return { files: [...files.flat(), ...(await rootFiles()), ...(await custodyFiles())], diagnostics };
}
