/**
 * What does not get on, election by election and step by step: since when, why, and when it is tried again.
 * Each trouble is one line of the log when it begins and one when it ends.
 */
import { KeysError } from '@elekto/ballot-box';
import { DatabaseFault } from '@elekto/db';
import type { ElectionKey, Instant } from '@elekto/election';

import type { Logger } from '../log.ts';

/** What upkeep does with an election, the gravest to miss first. */
export const STEPS = ['count', 'close', 'open', 'publish', 'checkpoint'] as const;
export type Step = (typeof STEPS)[number];

export interface Trouble {
  readonly step: Step;
  /** Permanent: the kind of a refusal, `keys-unreadable`, `database`, `takes-too-long` or `unexpected`. */
  readonly code: string;
  readonly since: Instant;
  readonly lastTryAt: Instant;
  readonly nextTryAt: Instant;
}

const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 300_000;

/** Why a step failed: a code for everybody, and for the log what its thrower says to an operator. */
export interface Failure {
  readonly code: string;
  readonly why?: string;
  readonly error?: unknown;
}

/** What was thrown, as a failure. */
export function failureOf(error: unknown): Failure {
  if (error instanceof KeysError) return { code: 'keys-unreadable', why: error.message };
  return { code: error instanceof DatabaseFault ? 'database' : 'unexpected', error };
}

export class Troubles {
  readonly #log: Logger;
  readonly #known = new Map<ElectionKey, Map<Step, Trouble>>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Whether a step may be tried: always, unless it failed a moment ago. */
  mayTry(key: ElectionKey, step: Step, now: Instant): boolean {
    return now >= (this.#known.get(key)?.get(step)?.nextTryAt ?? -Infinity);
  }

  failed(key: ElectionKey, step: Step, { code, why, error }: Failure, at: Instant): void {
    const before = this.#known.get(key)?.get(step);
    const pause = before ? Math.min(LONGEST_PAUSE, 2 * (before.nextTryAt - before.lastTryAt)) : FIRST_PAUSE;
    const since = before?.since ?? at;
    const trouble = { step, code, since, lastTryAt: at, nextTryAt: at + pause };
    this.#known.set(key, (this.#known.get(key) ?? new Map<Step, Trouble>()).set(step, trouble));
    if (before?.code === code) return;
    this.#log.error({ key, step, reason: code, why, err: error }, 'an election is in trouble');
  }

  /** The step went well, or is no longer due. */
  mended(key: ElectionKey, step: Step, at: Instant): void {
    const before = this.#known.get(key)?.get(step);
    if (before === undefined) return;
    this.#known.get(key)?.delete(step);
    const seconds = Math.round((at - before.since) / 1000);
    this.#log.info({ key, step, reason: before.code, seconds }, 'an election is out of trouble');
  }

  /**
   * The gravest trouble that anybody may be told of. Checkpoints are told to the log alone: one is due only when
   * people have voted since the last, so that its trouble would tell when they did.
   */
  of(key: ElectionKey): Trouble | null {
    const known = this.#known.get(key);
    for (const step of STEPS) {
      const trouble = known?.get(step);
      if (trouble && step !== 'checkpoint') return trouble;
    }
    return null;
  }

  /** Every election with a trouble that anybody may be told of. */
  told(): ReadonlyMap<ElectionKey, Trouble> {
    const keys = [...this.#known.keys()].sort();
    return new Map(keys.flatMap((key) => (this.of(key) ? [[key, this.of(key) as Trouble] as const] : [])));
  }

  /** When something is tried again, at the earliest. */
  nextTryAt(): Instant | null {
    const all = [...this.#known.values()].flatMap((steps) => [...steps.values()]);
    return all.length === 0 ? null : Math.min(...all.map(({ nextTryAt }) => nextTryAt));
  }

  /** Elections that are nowhere any more have no troubles. */
  keep(keys: ReadonlySet<ElectionKey>, at: Instant): void {
    for (const key of [...this.#known.keys()]) {
      if (keys.has(key)) continue;
      for (const step of STEPS) this.mended(key, step, at);
      this.#known.delete(key);
    }
  }
}
