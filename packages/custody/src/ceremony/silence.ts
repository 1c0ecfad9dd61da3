import { toHex } from '@elekto/wire';
import { type Header, officerAt } from './header.ts';
import type { Post } from './post.ts';
import { type Progress, progressOf, type Step, stepOf } from './progress.ts';

/**
 * As long as a whole ceremony is held to take, ms: two visits of every officer, and a change of the repository after each. Whoever says
 * nothing for so long is not waited for any more.
 */
export const CEREMONY_TAKES_MS = 7 * 86_400_000;

/** Since when a computer has waited for what, ms, by the ceremony (its id in hex), then by the step and the officer's position. */
export type Waits = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Somebody who is waited for. */
export interface Silent {
  readonly login: string;
  /** When this computer first found that it waits for this step of theirs, ms. */
  readonly since: number;
  readonly isOverdue: boolean;
}

/** A ceremony with who is silent in it. */
export interface Watched {
  readonly progress: Progress;
  readonly silent: readonly Silent[];
  /** To be kept on this computer for the next look. */
  readonly waits: Waits;
  /** What the officer at a position does next; who would only wait for somebody who is overdue begins a new ceremony: `over`. */
  stepOf(position: number): Step;
}

/**
 * Where a ceremony stands, and who has been silent in it since when. Posts bear no time, and a server's word on it would be no better
 * than the server: what counts is since when this computer waits. Who does not deal or confirm is named without blame. A complaint that is
 * not answered in time is judged against the dealer (`deal-unanswered`); they can still answer it, and are then judged by the answer.
 * A wait is kept until the ceremony is complete or void by its posts: a server that hides a post for one look gains nobody time by it.
 */
export async function watchCeremony(
  header: Header,
  posts: readonly Post[],
  kept: Waits,
  now: number,
): Promise<Watched> {
  const asPosted = await progressOf(header, posts);
  const id = toHex(header.ceremonyId);
  const { [id]: before = {}, ...others } = kept;
  // A clock that was set back must not make anybody wait longer than it should.
  const since = (wait: string): number => Math.min(before[wait] ?? now, now);
  const nameOf = ({ state, dispute }: Progress, position: number): string =>
    `${state} ${position}${dispute === null ? '' : ` ${dispute.complainer}`}`;
  const waits = asPosted.waitingFor.map((position) => ({ position, name: nameOf(asPosted, position) }));
  const silent = waits.map(({ position, name }) => ({
    login: officerAt(header, position).login,
    since: since(name),
    isOverdue: now - since(name) >= CEREMONY_TAKES_MS,
  }));
  const isAnyOverdue = silent.some(({ isOverdue }) => isOverdue);
  const progress = isAnyOverdue ? await progressOf(header, posts, true) : asPosted;
  const own = { ...before, ...Object.fromEntries(waits.map(({ name }) => [name, since(name)])) };
  return {
    progress,
    silent,
    waits: waits.length === 0 ? others : { ...others, [id]: own },
    stepOf: (position) => {
      const step = stepOf(asPosted, position);
      return step === 'wait' && isAnyOverdue ? 'over' : step;
    },
  };
}
