/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, refuse, type Result } from '@elekto/custody';
import { type KeyOwner, type OfficerKeys } from '@elekto/election';
import { MetaRepoError, openMetaRepo, readPast } from '@elekto/metarepo';
import type { Sources } from './gather.ts';
import { inOwnFolder } from './own-folder.ts';
import { writer } from './repository.ts';
import { unreadable } from './unreadable.ts';

type Place = Pick<Sources, 'memory' | 'repository' | 'access'>;

/** Whose keys are whose by the repository itself. */
export interface Published {
  /** By the headers of custody files. */
  readonly inFiles: readonly KeyOwner[];
  /** By the files of the folder `officers`, whose review is what ties a login to a key. */
  readonly officers: readonly OfficerKeys[];
}

/**
 * Reads from git itself, never through the server, which keys stand there under which logins. Refuses where the repository cannot be read,
 * or its history does not go on from what this computer saw last.
 */
export const publishedKeys = (sources: Place): Promise<Result<Published>> => inOwnFolder(sources, keysIn);

async function keysIn({ memory, repository, access }: Place): Promise<Result<Published>> {
  const kept = await memory.keepRepository(repository);
  if (!kept.ok) return kept;
  const { source, folder, branch } = repository;
  const options = { source, branch: branch ?? undefined, electionsDir: folder, ...access };
  const before = memory.head;
  try {
    const past = await readPast(options, before === null ? [] : [before]);
    if (before !== null && !past.follows(before))
      return refuse(
        'act-history',
        { step: 'officers\u2019 keys', party: writer.party },
        'the history of the repository was replaced since you last looked.',
      );
    const meta = await openMetaRepo({ ...options, ...past.at, commit: past.head });
    try {
      const { custody } = await meta.sync();
      const noted = await memory.keepHead(past.head, before);
      if (!noted.ok) return noted;
      const inFiles = [...custody.boards.values()].flatMap(({ officers }) => officers ?? []);
      return accept({ inFiles, officers: custody.officers });
    } finally {
      await meta.close();
    }
  } catch (error) {
    if (!(error instanceof MetaRepoError)) throw error;
    return refuse('act-repository', writer, unreadable(error, access));
  }
}
