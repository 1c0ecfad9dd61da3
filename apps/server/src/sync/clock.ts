/** When there is something to do next. */
import { nextChangeAt, type Election, type Instant } from '@elekto/election';

/** However long nothing is due, the clock is looked at this often: it may have been set. */
const LONGEST_SLEEP = 15_000;
const SHORTEST_SLEEP = 50;

type Dates = Pick<Election, 'opensAt' | 'closesAt' | 'exceptionsDueAt' | 'nominations'>;

/** The first of all moments after `now` that a date or a new try of a troubled step brings; null when there is none. */
export function nextMoment(dates: Iterable<Dates>, nextTryAt: Instant | null, now: Instant): Instant | null {
  const moments = [nextChangeAt(dates, now), nextTryAt].filter((at) => at !== null && at > now);
  return moments.length === 0 ? null : Math.min(...(moments as Instant[]));
}

/** Calls back at a moment, or in a while; a new moment takes the place of the old one. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #off = false;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  set(moment: Instant | null, now: Instant): void {
    clearTimeout(this.#timer);
    if (this.#off) return;
    const pause = moment === null ? LONGEST_SLEEP : moment - now + 5;
    this.#timer = setTimeout(this.#ring, Math.min(LONGEST_SLEEP, Math.max(SHORTEST_SLEEP, pause)));
    this.#timer.unref();
  }

  off(): void {
    this.#off = true;
    clearTimeout(this.#timer);
  }
}
