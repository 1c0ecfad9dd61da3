import type { Refusal } from '../refusal.ts';
import type { BoardKey } from './board-key.ts';
import { type Header, officerAt } from './header.ts';
import { judgeCeremony } from './judge.ts';
import type { Standing } from './standing.ts';
import { wordsToCompare } from './officer-key.ts';
import type { Body, Post } from './post.ts';

export interface OfficerProgress {
  readonly position: number;
  readonly login: string;
  readonly dealt: boolean;
  readonly confirmed: boolean;
}

/** A ceremony as the people in it look at it. */
export interface Progress {
  readonly state: Standing['state'];
  /** In the order of their positions. */
  readonly officers: readonly OfficerProgress[];
  /** Positions of those without whom it does not go on; empty when it is complete or over. */
  readonly waitingFor: readonly number[];
  /** Once all have dealt. */
  readonly key: BoardKey | null;
  /** Twelve words to compare aloud, once all have dealt. */
  readonly words: string | null;
  /** Who complained about whose deal, until that is answered. */
  readonly dispute: { readonly dealer: number; readonly complainer: number } | null;
  /** Why it is over without a key, and who it was. */
  readonly reason: Refusal | null;
}

/** What an officer does next: deal, say that all is right (or that it is not), answer a complaint, wait; or nothing any more. */
export type Step = 'deal' | 'confirm' | 'answer' | 'wait' | 'complete' | 'over';

/**
 * Where a ceremony stands, from its header and posts alone: no server can make it look otherwise. With `silenceCounts`, the time to
 * answer complaints is over.
 */
export async function progressOf(
  header: Header,
  posts: readonly Post[],
  silenceCounts = false,
): Promise<Progress> {
  const standing = await judgeCeremony(header, posts, silenceCounts);
  const has = (officer: number, kind: Body['kind']): boolean =>
    posts.some((post) => post.officer === officer && post.body.kind === kind);
  const key = 'key' in standing ? standing.key : null;
  return {
    state: standing.state,
    officers: header.officers.map((_, i) => ({
      position: i + 1,
      login: officerAt(header, i + 1).login,
      dealt: has(i + 1, 'deal'),
      confirmed: has(i + 1, 'confirm'),
    })),
    waitingFor: waitingFor(standing),
    key,
    words: key === null ? null : wordsToCompare(key.transcriptHash),
    dispute:
      standing.state === 'disputed' ? { dealer: standing.dealer, complainer: standing.complainer } : null,
    reason: standing.state === 'void' ? standing.reason : null,
  };
}

function waitingFor(standing: Standing): readonly number[] {
  if (standing.state === 'disputed') return [standing.dealer];
  return 'missing' in standing ? standing.missing : [];
}

/** The next step of the officer at a position. */
export function stepOf({ state, waitingFor: missing, officers }: Progress, position: number): Step {
  if (state === 'complete') return 'complete';
  if (state === 'void') return 'over';
  // A deal is owed whatever the others are at.
  if (officers[position - 1]?.dealt === false) return 'deal';
  if (!missing.includes(position)) return 'wait';
  return state === 'disputed' ? 'answer' : 'confirm';
}
