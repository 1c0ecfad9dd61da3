import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileWriter } from './write-files.ts';

const root = mkdtempSync(join(tmpdir(), 'elekto-write-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each([
  ['at once', 1000],
  ['in a thread', 0],
])('files that are written %s', (name, few) => {
  it('are all there when it has finished, each as it was given', async () => {
    const dir = join(root, name);
    const writer = fileWriter(dir, 700, few);
    for (let i = 0; i < 700; i += 1)
      await writer.write(
        `a${i % 40}/b${i}/index.html`,
        i % 2 === 0 ? `Seite ${i} \u2013` : Uint8Array.of(i % 256, 0),
      );
    await writer.finish();
    await writer.close();
    for (let i = 0; i < 700; i += 1) {
      const bytes = readFileSync(join(dir, `a${i % 40}/b${i}/index.html`));
      expect(bytes.equals(Buffer.from(i % 2 === 0 ? `Seite ${i} \u2013` : [i % 256, 0]))).toBe(true);
    }
  });

  it('end it with what failed, and not with silence', async () => {
    const dir = join(root, `${name}-fails`);
    writeFileSync(dir, 'a file where a folder belongs');
    const writer = fileWriter(dir, 700, few);
    const all = async (): Promise<void> => {
      for (let i = 0; i < 700; i += 1) await writer.write(`b${i}/index.html`, 'x');
      await writer.finish();
    };
    await expect(all()).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOTDIR|EEXIST)$/) as string,
    });
    await writer.close();
  });
});
