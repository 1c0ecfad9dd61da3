import { join } from 'node:path';
import type { Diagnostic, SourceFile } from '@elekto/election';
import { checkFormat, findGitDirs } from './git/repository.ts';
import { MetaRepoError } from './meta-repo-error.ts';
import { filesIn } from './read-directory.ts';
import { openCommit } from './source.ts';

/**
 * As `readDirectory`, of a commit (40 hex digits) in a local repository: objects alone are read, nothing is checked out, no program of the
 * repository runs. A commit without an elections folder has no files. Rejects with MetaRepoError when it cannot be read.
 */
export async function readCommit(
  repository: string,
  commit: string,
  electionsDir: string,
): Promise<{ files: readonly SourceFile[]; diagnostics: readonly Diagnostic[] }> {
  const dirs = await findGitDirs(repository);
  if (dirs === null) throw new MetaRepoError('unreadable', `${repository} is no git repository.`);
  await checkFormat(dirs, repository);
  const opened = await openCommit(join(dirs.commonDir, 'objects'), commit, repository, false);
  try {
    return await filesIn(opened.tree, electionsDir, `${repository} at ${commit.slice(0, 12)}`);
  } catch (error) {
    if (error instanceof MetaRepoError && error.kind === 'no-elections-folder')
      return { files: [], diagnostics: [] };
    throw error;
  } finally {
    await opened.close();
  }
}
