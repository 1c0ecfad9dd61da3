import {
  finishedKey,
  finishedPosts,
  officerAt,
  type Post,
  progressOf,
  stepOf,
  type Transcript,
  writeTranscript,
} from '@elekto/custody/ceremony';
import type { CeremonyView } from '../../shared/keys.ts';
import type { OfficerKeys } from './officer-keys.ts';

interface Found {
  readonly file: string;
  readonly path: string;
  /** As it stands in git. */
  readonly transcript: Transcript;
  /** Every post that its officer signed, wherever it came from. */
  readonly posts: readonly Post[];
  readonly elections: readonly {
    readonly key: string;
    readonly name: string;
    readonly opensAt: number;
    /** Positions. */
    readonly ready: readonly number[];
  }[];
}

/** A ceremony for the window, judged here from what its officers signed. */
export async function viewOf(found: Found, keys: OfficerKeys): Promise<CeremonyView> {
  const { file, path, transcript, posts, elections } = found;
  const { header } = transcript;
  const progress = await progressOf(header, posts);
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
    words: progress.words,
    dispute: dispute && { dealer: name(dispute.dealer), complainer: name(dispute.complainer) },
    reason: progress.reason?.message ?? null,
    step: await keys.with(header, async (_key, position) => stepOf(progress, position)),
    transcript: progress.state === 'complete' ? writeTranscript({ header, posts: finished }) : null,
    inGit: finishedKey(header, transcript.posts).ok,
  };
}
