/** A renderer whose second page never ends, noted where the site is named `many`; and which is well again once the file named in its data's place is there. */
import { existsSync } from 'node:fs';
import { makingOf } from '../../src/build/making.ts';

interface Job {
  readonly dataFile: string;
  readonly outDir: string;
}

process.on('message', ({ dataFile, outDir }: Job) => {
  process.send?.({ kind: 'making', file: 'index.html', made: 0, of: 2 });
  if (existsSync(dataFile)) {
    process.send?.({ kind: 'made', pages: 2, made: 2, milliseconds: 1 });
    return;
  }
  if (outDir.endsWith('many')) {
    const making = makingOf(outDir, () => undefined);
    making.at('index.html', 0, 4000);
    making.at('elections/hangs-of-many/index.html', 1, 4000);
  } else
    process.send?.({
      kind: 'making',
      file: `${outDir.length > 0 ? 'elections/hangs' : ''}/index.html`,
      made: 1,
      of: 2,
    });
  // Nothing is heard or sent any more, as in a loop without an end, and others keep the processor.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
