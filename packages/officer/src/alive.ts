import { accept, refuse, type Result } from '@elekto/custody';
import { type OfficerKey, positionOf, proveHolding, shareOf } from '@elekto/custody/ceremony';
import { fromHex, toBase64Url } from '@elekto/wire';
import type { Sources } from './gather.ts';
import { groundOf, noKeyHere } from './ground.ts';
import { custodyGone, custodyNote, definitionNote } from './moved.ts';
import { inOwnFolder } from './own-folder.ts';
import { writer } from './repository.ts';

/** What an officer says while people vote: that they hold their share, and that the files give the pinned manifest. */
export interface Alive {
  readonly holding: Holding;
  /** What the newest files say otherwise than those that the ballots are sealed for, and who mends it; null where they say the same. */
  readonly note: string | null;
}

/** For the server. */
interface Holding {
  /** The custody file, from the elections folder. */
  readonly file: string;
  readonly officer: number;
  /** base64url. */
  readonly proof: string;
}

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
  const ground = await inOwnFolder(sources, (own) => groundOf(election, manifest, own, 'alive'));
  if (!ground.ok) return ground;
  const { header, posts, boardKey, custodyFile } = ground.value;
  if (custodyFile === null) return refuse('act-election', writer, custodyGone(ground.value));
  const own = keys.find((key) => positionOf(header, key) !== null);
  const share = own === undefined ? null : await shareOf(header, posts, own);
  const manifestHash = fromHex(ground.value.manifest.rules.manifestHash, 32);
  if (share === null || manifestHash === null) return noKeyHere('alive');
  const proof = toBase64Url(proveHolding(boardKey, share, { kind: 'alive', election, manifestHash }));
  const notes = [custodyNote(ground.value), definitionNote(ground.value.manifest, ground.value)].filter(
    (note) => note !== null,
  );
  return accept({
    holding: { file: custodyFile, officer: share.position, proof },
    note: notes.length === 0 ? null : notes.join(' '),
  });
}
