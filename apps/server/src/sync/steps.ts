/**
 * Tries the steps of upkeep, each by itself: what one throws, or how long it hangs, is its election's trouble and
 * nobody else's. A step that is still under way is not begun a second time.
 */
import { LONGEST_PAUSE } from '@elekto/db';
import type { ElectionKey, Instant } from '@elekto/election';
import type { RefusalKind, Result } from '@elekto/protocol/refusal';

import { within } from '../within.ts';

import { failureOf, type Failure, type Step, type Troubles } from './troubles.ts';

/** Ms. */
export interface StepLimits {
  /** So long a round waits for a step; then it goes on to the next, while the step does too. */
  readonly patience: number;
  /** A step that takes longer is in trouble. Counting tens of thousands of ballots takes minutes. */
  readonly longest: Readonly<Record<Step, number>>;
}

export const STEP_LIMITS: StepLimits = {
  patience: 20_000,
  // Told five minutes before the database would end a transaction that computes for so long.
  longest: {
    count: LONGEST_PAUSE - 300_000,
    close: 30_000,
    open: 30_000,
    publish: 120_000,
    checkpoint: 30_000,
  },
};

/** Elections that are looked after at once. */
const WIDTH = 4;

interface UnderWay {
  readonly begun: number;
  readonly done: Promise<void>;
}

export class Steps {
  readonly #troubles: Troubles;
  readonly #limits: StepLimits;
  readonly #now: () => Promise<Instant>;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(troubles: Troubles, now: () => Promise<Instant>, limits: StepLimits) {
    this.#troubles = troubles;
    this.#now = now;
    this.#limits = limits;
  }

  /** Runs `each` for all of `items`, a few at a time. `each` must not reject. */
  async forAll<T>(items: Iterable<T>, each: (item: T) => Promise<void>): Promise<void> {
    const queue = [...items].values();
    const worker = async (): Promise<void> => {
      for (const item of queue) await each(item);
    };
    await Promise.all(Array.from({ length: WIDTH }, worker));
  }

  /**
   * Does `work` for an election, unless it failed a moment ago. What came of it; null when it failed, was not tried,
   * or takes longer than a round waits. Refusals of a kind in `notYet` are no trouble.
   */
  async take<T>(
    step: Step,
    key: ElectionKey,
    at: Instant,
    work: () => Promise<Result<T>>,
    notYet: readonly RefusalKind[] = [],
  ): Promise<Result<T> | null> {
    const name = `${step} ${key}`;
    let came: Result<T> | null = null;
    const running =
      this.#underWay.get(name) ?? this.#begin(name, step, key, at, notYet, async () => (came = await work()));
    if (running === null) return null;
    const { patience, longest } = this.#limits;
    await within(patience, running.done).catch(() => undefined);
    if (this.#underWay.get(name) === running && performance.now() - running.begun > longest[step])
      this.#troubles.failed(key, step, { code: 'takes-too-long' }, at);
    const result = came as Result<T> | null;
    return result?.ok === false && !notYet.includes(result.error.kind) ? null : result;
  }

  #begin<T>(
    name: string,
    step: Step,
    key: ElectionKey,
    at: Instant,
    notYet: readonly RefusalKind[],
    work: () => Promise<Result<T>>,
  ): UnderWay | null {
    if (!this.#troubles.mayTry(key, step, at)) return null;
    const attempt = async (): Promise<void> => {
      const failure = await failureIn(work, notYet);
      // The clock of the database may be what failed.
      const now = await within(this.#limits.patience, this.#now()).catch(() => at);
      if (failure === null) this.#troubles.mended(key, step, now);
      else this.#troubles.failed(key, step, failure, now);
      this.#underWay.delete(name);
    };
    const running: UnderWay = { begun: performance.now(), done: Promise.resolve().then(attempt) };
    this.#underWay.set(name, running);
    return running;
  }
}

async function failureIn<T>(
  work: () => Promise<Result<T>>,
  notYet: readonly RefusalKind[],
): Promise<Failure | null> {
  try {
    const result = await work();
    if (result.ok || notYet.includes(result.error.kind)) return null;
    const { kind, why } = result.error;
    return why === undefined ? { code: kind } : { code: kind, why };
  } catch (error) {
    return failureOf(error);
  }
}
