import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { islandsPlace, MANIFEST, PREBUILT } from './islands-place.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'elekto-islands-'));
afterAll(() => rmSync(cacheDir, { recursive: true, force: true }));

it('the bundles of these sources are found where they are whole, in the own folder first', async () => {
  const { dir, found } = await islandsPlace(cacheDir);
  const ahead = (await islandsPlace(PREBUILT)).found;
  expect(dir.startsWith(join(cacheDir, 'islands-'))).toBe(true);
  expect(found).toBe(ahead);
  mkdirSync(dir);
  expect((await islandsPlace(cacheDir)).found).toBe(ahead);
  writeFileSync(join(dir, MANIFEST), '{}');
  expect((await islandsPlace(cacheDir)).found).toBe(dir);
});
