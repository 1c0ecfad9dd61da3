/** The thread of `write-files.ts`: writes each batch and says so, or what failed; after that nothing more. */
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { folders } from './write-files.ts';
import type { Batch, Written } from './write-files.ts';

const makeFolder = folders();
const say = (written: Written): void => parentPort?.postMessage(written);

parentPort?.on('message', (batch: Batch) => {
  try {
    for (let at = 0; at < batch.length; at += 2) {
      const path = batch[at] as string;
      makeFolder(path);
      writeFileSync(path, batch[at + 1] ?? '');
    }
    say(null);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    say({ message, code });
    parentPort?.close();
  }
});
