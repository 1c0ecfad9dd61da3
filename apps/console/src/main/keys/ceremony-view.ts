import {
  CEREMONY_TAKES_MS,
  type Counting,
  finishedPosts,
  type Header,
  officerAt,
  type Waits,
  watchCeremony,
  writeTranscript,
} from '@elekto/custody/ceremony';
import type { CeremonyView } from '../../shared/keys.ts';
import type { OfficerKeys } from './officer-keys.ts';

/** Where this computer keeps since when it waits for whom. */
export interface WaitsShelf {
  get(): Waits;
  set(waits: Waits): Promise<void>;
}

interface Found extends Counting {
  readonly file: string;
  readonly path: string;
  readonly header: Header;
  readonly elections: readonly {
    readonly key: string;
    readonly name: string;
    readonly opensAt: number;
    /** Positions. */
    readonly ready: readonly number[];
  }[];
}

/** A ceremony for the window, judged here from what its officers signed and from how long this computer has waited. */
export async function viewOf(
  found: Found,
  keys: OfficerKeys,
  shelf: WaitsShelf,
  now: number,
): Promise<CeremonyView> {
  const { file, path, header, posts, inGit, unheard, elections } = found;
  const kept = shelf.get();
  const { progress, silent, waits, stepOf } = await watchCeremony(header, posts, kept, now);
  if (JSON.stringify(waits) !== JSON.stringify(kept)) await shelf.set(waits);
  const name = (position: number): string => officerAt(header, position).login;
  const { dispute } = progress;
  const finished = finishedPosts(posts);
  return {
    file,
    path,
    elections: elections.map((one) => ({ ...one, ready: one.ready.map(name) })),
    kind: header.kind,
    threshold: header.threshold,
    until: header.until,
    officers: progress.officers.map(({ position, login, dealt, confirmed }) => ({
      login,
      dealt,
      confirmed,
      own: keys.isOwn(officerAt(header, position).sign),
    })),
    state: progress.state,
    waitingFor: progress.waitingFor.map(name),
    silent,
    takes: CEREMONY_TAKES_MS,
    words: progress.words,
    dispute: dispute && { dealer: name(dispute.dealer), complainer: name(dispute.complainer) },
    reason: progress.reason?.message ?? null,
    step: await keys.with(header, async (_key, position) => stepOf(position)),
    transcript: progress.state === 'complete' ? writeTranscript({ header, posts: finished }) : null,
    inGit,
    unheard,
  };
}
