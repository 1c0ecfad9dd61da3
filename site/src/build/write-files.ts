/**
 * Writes the files of a site. Making a small file takes the system as long as rendering it takes us: of a whole site a thread writes what is
 * rendered while the next is; the few files of a change are written at once.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

type Content = string | Uint8Array;

/** What goes to the thread at once: paths and contents in turn. */
export type Batch = readonly Content[];
/** What it says of a batch: null, or what failed. */
export type Written = { readonly message: string; readonly code: unknown } | null;

export interface FileWriter {
  /**
   * Folders are made. Waits while much is unwritten.
   * @throws what writing it, or a file before it, has failed of.
   */
  write(file: string, content: Content): Promise<void> | void;
  /** Resolves when all is written. @throws as `write`. */
  finish(): Promise<void>;
  /** Nothing is written any more once it has resolved. */
  close(): Promise<void>;
}

/** A thread takes a tenth of a second to begin. */
const FEW = 500;
/** Characters and bytes. */
const BATCH = 500_000;
/** Batches that wait at most. */
const MOST_WAITING = 3;

/** For `count` files below `dir`. */
export function fileWriter(dir: string, count: number, few = FEW): FileWriter {
  return count <= few ? writeAtOnce(dir) : writeInThread(dir);
}

/** Makes the folder of a file, once. */
export function folders(): (path: string) => void {
  const made = new Set<string>();
  return (path) => {
    const folder = dirname(path);
    if (made.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    made.add(folder);
  };
}

function writeAtOnce(dir: string): FileWriter {
  const makeFolder = folders();
  return {
    write(file, content) {
      const path = join(dir, file);
      makeFolder(path);
      writeFileSync(path, content);
    },
    finish: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function writeInThread(dir: string): FileWriter {
  // It reads nothing of the environment.
  const thread = new Worker(new URL('./write-thread.ts', import.meta.url), {
    env: {},
    // A small heap is emptied sooner.
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 },
  });
  let batch: Content[] = [];
  let size = 0;
  let waiting = 0;
  let failure: Error | null = null;
  let heard = Promise.withResolvers<void>();
  const wake = (): void => {
    heard.resolve();
    heard = Promise.withResolvers();
  };
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  thread.on('message', (written: Written) => {
    waiting -= 1;
    if (written === null) wake();
    else fail(Object.assign(new Error(written.message), { code: written.code }));
  });
  thread.on('error', fail);
  const send = (): void => {
    if (batch.length === 0) return;
    thread.postMessage(batch);
    waiting += 1;
    batch = [];
    size = 0;
  };
  const until = async (isEnough: () => boolean): Promise<void> => {
    while (failure === null && !isEnough()) await heard.promise;
    if (failure !== null) throw failure;
  };
  return {
    write(file, content) {
      if (failure !== null) throw failure;
      batch.push(join(dir, file), content);
      size += content.length;
      if (size < BATCH) return;
      send();
      if (waiting > MOST_WAITING) return until(() => waiting <= MOST_WAITING);
    },
    finish() {
      send();
      return until(() => waiting === 0);
    },
    close: async () => void (await thread.terminate()),
  };
}
