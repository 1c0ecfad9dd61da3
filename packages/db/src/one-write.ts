import type { Writable } from 'node:stream';

/**
 * What is written in one turn goes out at its end, as one: each write by itself is a call of the system and wakes whoever reads.
 *
 * @returns to be called before each write.
 */
export function writeTogether(stream: Pick<Writable, 'cork' | 'uncork'>): () => void {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    stream.cork();
    // After all that this turn still does, answers that are at hand included, and before anything else comes.
    process.nextTick(() => {
      waits = false;
      stream.uncork();
    });
  };
}
