/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import {
  accept,
  type BoardManifest,
  checkManifestKey,
  readManifest,
  refuse,
  type Result,
} from '@elekto/custody';
import { type BoardKey, finishedKey, type Header, type Post, readTranscript } from '@elekto/custody/ceremony';
import type { Election } from '@elekto/election';
import type { Past } from '@elekto/metarepo';
import { lookAtPinned, type Sources } from './gather.ts';

/** What an officer signs about a running election from. */
export interface Ground {
  /** By the newest commit. */
  readonly election: Election;
  readonly manifest: BoardManifest;
  readonly header: Header;
  readonly posts: readonly Post[];
  readonly boardKey: BoardKey;
  /** The commit that the manifest was made at. */
  readonly pinned: string;
  /** Where the head has the custody file, from the elections folder; null where it has it no more. */
  readonly custodyFile: string | null;
  readonly past: Past;
}

/**
 * What an officer may sign about a running election, from git itself: a history that goes on from what was seen before, a
 * manifest that says what the files of its commit say, and the key of the custody file in it.
 *
 * @param manifest what the server says the ballots are sealed for.
 * @param step how refusals call what is to be signed.
 */
export async function groundOf(
  election: string,
  manifest: string,
  sources: Pick<Sources, 'memory' | 'repository' | 'access'>,
  step: string,
): Promise<Result<Ground>> {
  const found = await lookAtPinned(election, manifest, sources);
  if (!found.ok) return found;
  if (!found.value.headDescends)
    return refuse(
      'act-history',
      { step, party: 'whoever writes to the repository' },
      'the history of the repository was replaced since you last looked.',
    );
  const ceremony = readTranscript(found.value.transcript);
  if (!ceremony.ok) return ceremony;
  const { header, posts } = ceremony.value;
  const boardKey = finishedKey(header, posts);
  if (!boardKey.ok) return boardKey;
  const pinned = readManifest(manifest);
  if (!pinned.ok) return pinned;
  const fits = checkManifestKey(pinned.value, boardKey.value);
  if (!fits.ok) return fits;
  return accept({
    election: found.value.election,
    manifest: pinned.value,
    header,
    posts,
    boardKey: boardKey.value,
    pinned: found.value.pinned,
    custodyFile: found.value.custodyFile,
    past: found.value.past,
  });
}

/** That none of the keys of this computer is an officer's of the election. */
export const noKeyHere = (step: string): Result<never> =>
  refuse(
    'act-key',
    { step, party: 'this computer' },
    'no key of this computer holds a share of this election.',
  );
