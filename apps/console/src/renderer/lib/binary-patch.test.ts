import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { publishPatch } from './publish-patch.ts';

const folder = mkdtempSync(join(tmpdir(), 'elekto-binary-patch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes in which every value stands, and that do not shrink. */
const bytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255);

it('git makes of one patch the very bytes of files of every length, beside those of text', async () => {
  const lengths = [0, 1, 3, 4, 5, 26, 27, 41, 51, 52, 53, 200, 5000];
  const binary = lengths.map((n) => ({ name: `board/${n}.bin`, content: bytes(n) }));
  const files = [{ name: 'results.md', content: '# Results\n' }, ...binary];
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  writeFileSync(join(folder, 'change.patch'), await publishPatch('elections/x', files));
  execFileSync('git', ['apply', '--index', 'change.patch'], { cwd: folder });
  for (const { name, content } of files)
    expect(readFileSync(join(folder, 'elections/x', name))).toEqual(Buffer.from(content as Uint8Array));
});
