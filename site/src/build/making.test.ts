import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makingOf, takeNote } from './making.ts';

const base = mkdtempSync(join(tmpdir(), 'elekto-making-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** How many of so many files were told. */
function toldOf(files: number, outDir: string, end = true): number {
  let told = 0;
  const making = makingOf(outDir, () => void (told += 1));
  for (let at = 0; at < files; at += 1) making.at(`page-${at}/index.html`, at, files);
  if (end) making.end();
  return told;
}

it('tells each file of a change', () => {
  expect(toldOf(50, join(base, 'change'))).toBe(50);
  expect(readdirSync(base)).toEqual([]);
});

it('tells of a whole site the first file and a few, notes the one at hand, and leaves nothing', () => {
  const outDir = join(base, 'whole');
  const told = toldOf(3000, outDir, false);
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(1000);
  expect(takeNote(outDir)).toBe('page-2999/index.html');
  expect(existsSync(`${outDir}.making`)).toBe(false);
  expect(takeNote(outDir)).toBeNull();
  toldOf(3000, outDir);
  expect(readdirSync(base)).toEqual([]);
});
