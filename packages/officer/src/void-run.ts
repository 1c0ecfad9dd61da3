/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { hasEnded } from '@elekto/election';
import { accept, refuse, type Result, writeVoid } from '@elekto/custody';
import { type OfficerKey, positionOf } from '@elekto/custody/ceremony';
import type { Sources } from './gather.ts';
import { type CountLook, lookAtCount, type Visit } from './hold-count.ts';
import { boxFilesIn, foldersOf, runsNamed } from './boxes.ts';
import { groundOf, noKeyHere } from './ground.ts';
import { inOwnFolder } from './own-folder.ts';

type VoidSources = Pick<Sources, 'memory' | 'repository' | 'access'> & { readonly now: () => number };

/**
 * Signs that a running election's ballots count for nothing, so that voting may start anew; it holds once a quorum has signed the
 * same reason, word for word. Only while people vote, by the repository and the own clock: after the end a second box of the same
 * voters would give away what the difference to the first one is. Uses no share. This computer then counts that run only once that
 * was taken back (`OfficerMemory.takeBackVoid`), where too few others agreed.
 *
 * @param manifest what the server says the ballots are sealed for.
 */
export const voidRun = (
  election: string,
  manifest: string,
  reason: string,
  keys: readonly OfficerKey[],
  sources: VoidSources,
): Promise<Result<Uint8Array>> =>
  inOwnFolder(sources, (own) => voidRunIn(election, manifest, reason, keys, own));

async function voidRunIn(
  election: string,
  manifest: string,
  reason: string,
  keys: readonly OfficerKey[],
  sources: VoidSources,
): Promise<Result<Uint8Array>> {
  const ground = await groundOf(election, manifest, sources, 'void');
  if (!ground.ok) return ground;
  const { header, election: read, manifest: pinned, past } = ground.value;
  const { manifestHash } = pinned.rules;
  const folders = foldersOf(election, sources.repository.folder);
  if (!folders.ok) return folders;
  // An end that was moved once the box was there does not begin the time of voting anew.
  const isClosed = (await runsNamed(past, boxFilesIn(folders.value))).has(manifestHash);
  if (isClosed || hasEnded(read, sources.now()) || sources.memory.boxOf(manifestHash) !== null)
    return refuse(
      'void-too-late',
      { step: 'void', party: 'the officers' },
      'voting has ended by the repository and your own clock: these ballots are counted, and none takes their place.',
    );
  for (const key of keys) {
    const position = positionOf(header, key);
    if (position === null) continue;
    const kept = await sources.memory.keepVoid(manifestHash);
    return kept.ok ? accept(writeVoid(pinned, position, reason, key.signSecret)) : kept;
  }
  return noKeyHere('void');
}

/**
 * Takes back on this computer that the ballots of the run that is to be counted are void, and looks at its count anew. What was signed
 * stays signed: it is for an officer whom too few others followed. Null while there is no box.
 */
export async function takeBackVoid(election: string, visit: Visit): Promise<Result<CountLook | null>> {
  const look = await lookAtCount(election, visit);
  if (!look.ok || look.value === null) return look;
  const kept = await visit.memory.takeBackVoid(look.value.manifestHash);
  return kept.ok ? lookAtCount(election, visit) : kept;
}
