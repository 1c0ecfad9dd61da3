/** A clock that stands still until a test moves it. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  set(instant: number): void;
  advance(ms: number): void;
}

/** Starts at `start` (ms since 1970, or anything `Date.parse` reads). */
export function fakeClock(start: number | string): FakeClock {
  let instant = typeof start === 'string' ? Date.parse(start) : start;
  return {
    now: () => instant,
    set: (next) => void (instant = next),
    advance: (ms) => void (instant += ms),
  };
}
