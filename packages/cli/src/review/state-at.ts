import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { lintTree, type Diagnostic, type Instant, type ReadElection, type SiteFile } from '@elekto/election';
import { MetaRepoError, readCommit } from '@elekto/metarepo';
import { readEvidence, type EvidenceRow } from '@elekto/roll';
import { CliError } from '../cli-error.ts';
import { loginRule } from '../login-rule.ts';
import { lintCommit } from './lint-commit.ts';

/** The elections of a repository at one commit, with everything the linter says of them. */
export interface State {
  readonly commit: string;
  readonly elections: ReadonlyMap<string, ReadElection>;
  /** What site.yaml says. */
  readonly site: SiteFile;
  readonly diagnostics: readonly Diagnostic[];
  /** What roll-evidence.csv beside an election says; empty without one that can be read. */
  evidence(folder: string): Promise<readonly EvidenceRow[]>;
}

const run = promisify(execFile);

async function git(repository: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...args], { cwd: repository, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** The commit that a name stands for. */
export async function commitOf(repository: string, name: string): Promise<string> {
  const found = await git(
    repository,
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ).catch(() => '');
  if (found.trim() === '')
    throw new CliError(`${repository} has no commit "${name}": fetch it first, without "--depth".`);
  return found.trim();
}

/** Where a change branched off, so that what others merged meanwhile is not taken for a part of it; `base` without such a commit. */
export async function branchedFrom(repository: string, base: string, head: string): Promise<string> {
  const found = await git(repository, 'merge-base', base, head).catch(() => '');
  return found.trim() || base;
}

/** Reads a commit. Only its objects are read; no file of it is run or checked out. */
export async function stateAt(
  repository: string,
  commit: string,
  electionsDir: string,
  now: Instant,
): Promise<State> {
  try {
    const { files, diagnostics } = await readCommit(repository, commit, electionsDir);
    const tree = lintTree(electionsDir, files, { ...loginRule(process.env), now });
    const all = [
      ...diagnostics,
      ...tree.diagnostics,
      ...tree.elections.flatMap((read) => read.diagnostics),
      ...(await lintCommit((...args) => git(repository, ...args), commit, tree.elections, files)),
    ];
    return {
      commit,
      elections: new Map(tree.elections.map((read) => [read.key, read])),
      site: tree.site,
      diagnostics: all,
      evidence: async (folder) => {
        const path = `${folder}/roll-evidence.csv`;
        const text = await git(repository, 'show', `${commit}:${path}`).catch(() => '');
        try {
          return text === '' ? [] : readEvidence(path, text);
        } catch {
          return [];
        }
      },
    };
  } catch (error) {
    if (error instanceof MetaRepoError) throw new CliError(error.message);
    throw error;
  }
}
