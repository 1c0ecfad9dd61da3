/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, readManifest, refuse, type Result, writeVoid } from '@elekto/custody';
import { type OfficerKey, positionOf, readTranscript } from '@elekto/custody/ceremony';
import { lookAtPinned, type Sources } from './gather.ts';

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
  const found = await lookAtPinned(election, manifest, sources);
  if (!found.ok) return found;
  const { transcript, headDescends, election: read } = found.value;
  if (!headDescends)
    return refuse(
      'act-history',
      { step: 'void', party: 'whoever writes to the repository' },
      'the history of the repository was replaced since you last looked.',
    );
  const pinned = readManifest(manifest);
  if (!pinned.ok) return pinned;
  if (sources.now() > read.closesAt || sources.memory.boxOf(pinned.value.rules.manifestHash) !== null)
    return refuse(
      'void-too-late',
      { step: 'void', party: 'the officers' },
      'voting has ended by the repository and your own clock: these ballots are counted, and none takes their place.',
    );
  const ceremony = readTranscript(transcript);
  if (!ceremony.ok) return ceremony;
  const { header } = ceremony.value;
  for (const key of keys) {
    const position = positionOf(header, key);
    if (position !== null) return accept(writeVoid(pinned.value, position, reason, key.signSecret));
  }
  return refuse(
    'act-key',
    { step: 'void', party: 'this computer' },
    'no key of this computer holds a share of this election.',
  );
}
