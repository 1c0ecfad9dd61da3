/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, refuse, type Result } from '@elekto/custody';
import type { CustodyFile, Election } from '@elekto/election';
import { type Mark, MetaRepoError, openMetaRepo, type Past, readPast } from '@elekto/metarepo';
import type { OfficerMemory, Repository } from './memory.ts';
import { unreadable } from './unreadable.ts';

/** How an officer's computer reads git: from the forge itself, never through the server of the elections. */
export interface Access {
  /** For a private repository. Never written down. */
  readonly token?: string | undefined;
  /** A folder of this computer, which each look makes one of its own in for its copy. */
  readonly cacheDir: string;
}

/** What a commit says about an election. */
export interface Stated {
  readonly election: Election;
  /** Folder of the election, from the root. */
  readonly folder: string;
  /** The custody files, by the path from the elections folder. */
  readonly boards: ReadonlyMap<string, CustodyFile>;
}

/** What stands at the head of the repository about an election. */
export interface Found extends Stated {
  readonly past: Past;
  /** Whether the head follows the one remembered. */
  readonly headDescends: boolean;
}

export const writer = { step: 'repository', party: 'whoever writes to the repository' };

/**
 * Looks at an election in the repository that this computer remembers, with the past back to `wanted`, and remembers its head. A
 * history that was replaced is told by `headDescends`, and the head is then not remembered. With a mark, which whoever remembers no run of
 * the election looks back to, it is refused where that past cannot be had.
 */
export async function lookAtRepository(
  memory: OfficerMemory,
  repository: Repository,
  access: Access,
  key: string,
  wanted: readonly string[],
  mark: Mark | null,
): Promise<Result<Found>> {
  const kept = await memory.keepRepository(repository);
  if (!kept.ok) return kept;
  const options = {
    source: repository.source,
    branch: repository.branch ?? undefined,
    electionsDir: repository.folder,
    ...access,
  };
  try {
    const before = memory.head;
    const past = await readPast(options, [...wanted, ...(before === null ? [] : [before])], mark);
    const headDescends = before === null || past.follows(before);
    const found = await electionAt(options, past, key);
    if (!found.ok) return found;
    const noted = headDescends ? await memory.keepHead(past.head, before) : accept(null);
    if (!noted.ok) return noted;
    return accept({ past, headDescends, ...found.value });
  } catch (error) {
    if (!(error instanceof MetaRepoError)) throw error;
    return mark === null
      ? refuse('act-repository', writer, unreadable(error, access))
      : refuse(
          'act-repository',
          { step: 'repository', party: 'this computer' },
          `it remembers no run of ${key}, so it looks for other runs in the history since its custody file came, and cannot. ${unreadable(error, access)} Nothing is signed, mixed or decrypted without it: put that right, and try again.`,
        );
  }
}

/** An election as a commit has it: the head, or an earlier one of the past. */
export async function electionAt(
  options: Parameters<typeof openMetaRepo>[0],
  past: Past,
  key: string,
  commit?: string,
): Promise<Result<Stated>> {
  const meta = await openMetaRepo({ ...options, ...past.at, commit: commit ?? past.head });
  try {
    const snapshot = await meta.sync();
    const read = snapshot.elections.get(key);
    const election = read?.election ?? null;
    const at = `commit ${(commit ?? past.head).slice(0, 12)}`;
    if (read === undefined || election === null || read.staleSince !== null)
      return refuse('act-election', writer, `at ${at} there is no election ${key} that can be read.`);
    return accept({
      election,
      folder: read.folder,
      boards: snapshot.custody.boards,
    });
  } finally {
    await meta.close();
  }
}
