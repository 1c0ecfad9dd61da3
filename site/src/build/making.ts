/**
 * Which file a renderer is at. Of a change each is told to the process that waits; of a whole site that would take as long as making them,
 * since it wakes that process each time: it is told a few times a second, and the name of the file at hand is noted beside the site, for
 * whoever has waited too long.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/** Files, of which each is told. */
const FEW = 500;
/** Ms between what is told of more. */
const PAUSE = 100;

const noteOf = (outDir: string): string => `${outDir}.making`;

export interface Making {
  /** Before each file: how many are there already, of how many. */
  readonly at: (file: string, made: number, of: number) => void;
  /** Nothing is made any more. */
  readonly end: () => void;
}

/** For the site that is to be in `outDir`; `tell` reaches the process that waits. */
export function makingOf(outDir: string, tell: Making['at']): Making {
  let note: number | null = null;
  let told = -Infinity;
  return {
    at(file, made, of) {
      const now = performance.now();
      if (of <= FEW || now - told > PAUSE) {
        told = now;
        tell(file, made, of);
      }
      if (of <= FEW) return;
      note ??= openSync(noteOf(outDir), 'w');
      writeSync(note, `${file}\n`, 0);
    },
    end() {
      if (note === null) return;
      closeSync(note);
      note = null;
      rmSync(noteOf(outDir), { force: true });
    },
  };
}

/** The file that the renderer of `outDir` was at when it was ended; null where it has noted none. Takes the note away. */
export function takeNote(outDir: string): string | null {
  try {
    return readFileSync(noteOf(outDir), 'utf8').split('\n')[0] ?? null;
  } catch {
    return null;
  } finally {
    rmSync(noteOf(outDir), { force: true });
  }
}
