/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, checkManifestKey, readManifest, refuse, type Result } from '@elekto/custody';
import {
  finishedKey,
  type OfficerKey,
  positionOf,
  proveHolding,
  readTranscript,
  shareOf,
} from '@elekto/custody/ceremony';
import { fromHex, toBase64Url } from '@elekto/wire';
import { lookAtPinned, type Sources } from './gather.ts';

/** What an officer says while people vote: that they hold their share, and that the files give the pinned manifest. */
export interface Alive {
  /** The custody file, from the elections folder. */
  readonly file: string;
  readonly officer: number;
  /** base64url. */
  readonly proof: string;
}

const here = { step: 'alive', party: 'this computer' };

/**
 * Recomputes the manifest of a running election from git itself and proves over its hash that the share is held. It takes no
 * point from anybody, so that nothing is decrypted by it, whatever manifest or challenge a server shows.
 *
 * @param manifest what the server says the ballots are sealed for.
 */
export async function proveAlive(
  election: string,
  manifest: string,
  keys: readonly OfficerKey[],
  sources: Pick<Sources, 'memory' | 'repository' | 'access'>,
): Promise<Result<Alive>> {
  const found = await lookAtPinned(election, manifest, sources);
  if (!found.ok) return found;
  const { transcript, headDescends, election: read } = found.value;
  if (!headDescends)
    return refuse(
      'act-history',
      { step: 'alive', party: 'whoever writes to the repository' },
      'the history of the repository was replaced since you last looked.',
    );
  const ceremony = readTranscript(transcript);
  if (!ceremony.ok) return ceremony;
  const { header, posts } = ceremony.value;
  const boardKey = finishedKey(header, posts);
  if (!boardKey.ok) return boardKey;
  const pinned = readManifest(manifest);
  if (!pinned.ok) return pinned;
  const fits = checkManifestKey(pinned.value, boardKey.value);
  if (!fits.ok) return fits;
  const own = keys.find((key) => positionOf(header, key) !== null);
  const share = own === undefined ? null : await shareOf(header, posts, own);
  const manifestHash = fromHex(pinned.value.rules.manifestHash, 32);
  if (share === null || manifestHash === null || read.custody === undefined)
    return refuse('act-key', here, 'no key of this computer holds a share of this election.');
  const proof = toBase64Url(proveHolding(boardKey.value, share, { kind: 'alive', election, manifestHash }));
  return accept({ file: read.custody.file, officer: share.position, proof });
}
