/** One answer for everybody who asks within a while, however many ask. */
export interface SharedAnswer<T> {
  get(): Promise<T>;
  /** The next who asks gets a fresh one. */
  forget(): void;
}

/** An answer that does not come is not waited for by those who ask later. */
const LONGEST = 10_000;

/**
 * Asks once and gives the answer to all who ask until it is there, and for `ms` after its beginning. A failure is
 * shared by those who wait for it.
 */
export function sharedAnswer<T>(ms: number, ask: () => Promise<T>): SharedAnswer<T> {
  let known: { readonly answer: Promise<T>; readonly begun: number; readonly settled: () => boolean } | null =
    null;

  function begin(): NonNullable<typeof known> {
    let settled = false;
    const fresh = { answer: ask(), begun: performance.now(), settled: () => settled };
    fresh.answer.then(
      () => (settled = true),
      () => {
        if (known === fresh) known = null;
      },
    );
    return fresh;
  }

  return {
    get() {
      const age = known === null ? Infinity : performance.now() - known.begun;
      const holds = known !== null && age < (known.settled() ? ms : LONGEST);
      if (!holds) known = begin();
      return (known as NonNullable<typeof known>).answer;
    },
    forget() {
      known = null;
    },
  };
}
