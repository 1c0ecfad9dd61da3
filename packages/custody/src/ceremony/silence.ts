import { toHex } from '@elekto/wire';
import { type Header, officerAt } from './header.ts';
import type { Post } from './post.ts';
import { type Progress, progressOf, type Step, stepOf } from './progress.ts';

/**
 * As long as a whole ceremony is held to take, ms: two visits of every officer, and a change of the repository after each. Whoever says
 * nothing for so long is not waited for any more.
 */
export const CEREMONY_TAKES_MS = 7 * 86_400_000;

/**
 * When a computer found that it waits, ms, by the ceremony (its id in hex), then by the step and the officer's position: the earliest look,
 * and the earliest one a day or more after it.
 */
export type Waits = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

const DAY = 86_400_000;

/** Somebody who is waited for. */
export interface Silent {
  readonly login: string;
  /** Since when this computer waits for this step of theirs, ms: by its second look, where that came a day or more after the first. */
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
 * than the server: what counts is since when this computer waits. Two looks tell that, a day apart: one look alone may have been with a
 * clock that was wrong for a moment, and would make somebody overdue for good. Who does not deal or confirm is named without blame. A complaint that is
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
  const looksAt = (wait: string): readonly number[] => earliest([...(before[wait] ?? []), now]);
  // A look with a clock that ran ahead counts for nothing once another came before it.
  const since = (wait: string): number => Math.min(looksAt(wait).at(-1) ?? now, now);
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
  const own = { ...before, ...Object.fromEntries(waits.map(({ name }) => [name, looksAt(name)])) };
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

/** The earliest of these looks, and the earliest one a day or more after it. */
function earliest(looks: readonly number[]): readonly number[] {
  const first = Math.min(...looks);
  const later = looks.filter((at) => at >= first + DAY);
  return later.length === 0 ? [first] : [first, Math.min(...later)];
}
