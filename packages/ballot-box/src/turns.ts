import { setImmediate as letOthers } from 'node:timers/promises';

/** Ms. Whoever asks the server meanwhile waits for no longer than about this. */
const TURN = 10;

/**
 * For work on all ballots of a box: to be awaited after each of them. Others have their turn whenever this has worked for 10 ms.
 */
export function takeTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN) return;
    await letOthers();
    since = performance.now();
  };
}

/** Items that are put in order, or merged, without others having a turn between: well below what a turn lasts. */
const RUN = 1000;

/** The items in the order of the text that `by` gives of each, by code units; those of one text as they stood. Others have their turn meanwhile. */
export async function sortedInTurns<T>(items: readonly T[], by: (item: T) => string): Promise<T[]> {
  const turn = takeTurns();
  const compare = (a: T, b: T): number => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0);
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    await turn();
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      longer.push(await merged(runs[at] ?? [], runs[at + 1] ?? [], compare, turn));
    runs = longer;
  }
  return runs[0] ?? [];
}

async function merged<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
  turn: () => Promise<void>,
): Promise<T[]> {
  const all: T[] = [];
  let [at, beside] = [0, 0];
  while (at < first.length && beside < second.length) {
    const [a, b] = [first[at] as T, second[beside] as T];
    if (compare(a, b) <= 0) {
      all.push(a);
      at += 1;
    } else {
      all.push(b);
      beside += 1;
    }
    if (all.length % RUN === 0) await turn();
  }
  return all.concat(first.slice(at), second.slice(beside));
}

/** The UTF-8 of a text that is made in pieces, others having their turn meanwhile; `pad` spaces bring it to a multiple of so many bytes. */
export async function bytesInTurns(pieces: Iterable<string>, pad = 1): Promise<Buffer> {
  const turn = takeTurns();
  const made: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    made.push(bytes);
    length += bytes.length;
    await turn();
  }
  const all = Buffer.alloc(Math.ceil(length / pad) * pad, ' ');
  let at = 0;
  for (const bytes of made) {
    all.set(bytes, at);
    at += bytes.length;
    bytes.fill(0);
  }
  return all;
}
