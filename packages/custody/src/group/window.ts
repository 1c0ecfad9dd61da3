/** The window of 1..`most` bits with the least work; of several, the smallest. */
export function cheapestWindow(most: number, work: (window: number) => number): number {
  let best = 1;
  for (let window = 2; window <= most; window += 1) if (work(window) < work(best)) best = window;
  return best;
}
