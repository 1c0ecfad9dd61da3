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
