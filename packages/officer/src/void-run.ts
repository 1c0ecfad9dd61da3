/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { hasEnded } from '@elekto/election';
import { accept, refuse, type Result, writeVoid } from '@elekto/custody';
import { type OfficerKey, positionOf } from '@elekto/custody/ceremony';
import type { Sources } from './gather.ts';
import { groundOf, noKeyHere } from './ground.ts';

/**
 * Signs that a running election's ballots count for nothing, so that voting may start anew; it holds once a quorum has signed the
 * same reason, word for word. Only while people vote, by the repository and the own clock: after the end a second box of the same
 * voters would give away what the difference to the first one is. Uses no share.
 *
 * @param manifest what the server says the ballots are sealed for.
 */
export async function voidRun(
  election: string,
  manifest: string,
  reason: string,
  keys: readonly OfficerKey[],
  sources: Pick<Sources, 'memory' | 'repository' | 'access'> & { readonly now: () => number },
): Promise<Result<Uint8Array>> {
  const ground = await groundOf(election, manifest, sources, 'void');
  if (!ground.ok) return ground;
  const { header, election: read, manifest: pinned } = ground.value;
  if (hasEnded(read, sources.now()) || sources.memory.boxOf(pinned.rules.manifestHash) !== null)
    return refuse(
      'void-too-late',
      { step: 'void', party: 'the officers' },
      'voting has ended by the repository and your own clock: these ballots are counted, and none takes their place.',
    );
  for (const key of keys) {
    const position = positionOf(header, key);
    if (position !== null) return accept(writeVoid(pinned, position, reason, key.signSecret));
  }
  return noKeyHere('void');
}
