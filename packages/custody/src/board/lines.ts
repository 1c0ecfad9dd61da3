import type { Header } from '../ceremony/header.ts';
import type { Refusal, Result } from '../refusal.ts';
import type { Chain } from './chain.ts';
import type { Opened } from './combine.ts';
import type { Task, TaskResult } from './tasks.ts';

/** Everything that a whole count is checked from. */
export interface BoardFiles {
  /** The custody file, as it stands in the repository. */
  readonly transcript: string;
  /** The manifest's canonical JSON, as it follows from the repository. */
  readonly manifest: string;
  readonly electors: number;
  readonly box: Uint8Array;
  readonly mixes: readonly Uint8Array[];
  readonly decryptions: readonly Uint8Array[];
}

/** A step that holds, with what its sentence speaks of. */
export type BoardStep =
  | { readonly code: 'ceremony-made'; readonly header: Header }
  | { readonly code: 'box-proven'; readonly board: Chain; readonly ballots: number }
  | { readonly code: 'mixed'; readonly position: number; readonly officer: string }
  | { readonly code: 'decrypted'; readonly officer: string }
  | { readonly code: 'combined'; readonly opened: Opened };

/** One step of a verification: what holds, or the refusal that ends it. */
export type Line =
  | { readonly ok: true; readonly step: BoardStep }
  | { readonly ok: false; readonly error: Refusal };

/** A count that verified. */
export interface Verified {
  readonly board: Chain;
  readonly opened: Opened;
}

/**
 * Who does the dear steps. They are told all of them in the order of the lines before the first answer is asked for, so that
 * other threads can begin at once; whoever works here and now begins when asked.
 */
export type RunTask = (task: Task) => () => Promise<TaskResult>;

export const lineOf = (result: Result<unknown>, step: BoardStep): Line =>
  result.ok ? { ok: true, step } : result;

export async function* end(line: Result<unknown>): AsyncGenerator<Line, null> {
  if (!line.ok) yield line;
  return null;
}
