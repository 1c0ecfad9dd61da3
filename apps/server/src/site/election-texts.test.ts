import type { SiteElection, SiteSnapshot } from '@elekto/site/data';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { ElectionTexts, writePieces } from './election-texts.ts';

it('writes each election on a line of its own, and one that is told again not anew', () => {
  let written = 0;
  const election = (key: string): SiteElection =>
    ({ key, text: 'two\nlines', toJSON: () => ({ key, n: (written += 1) }) }) as unknown as SiteElection;
  const data = { commit: 'c', elections: [election('a'), election('b')] } as unknown as SiteSnapshot;
  const texts = new ElectionTexts();
  const textOf = (snapshot: SiteSnapshot): string => Buffer.concat(texts.fileOf(snapshot)).toString();
  const file = textOf(data);
  const lines = JSON.parse(file).lines as [string, number][];
  expect(JSON.parse(file)).toEqual({
    commit: 'c',
    lines,
    elections: [
      { key: 'a', n: 1 },
      { key: 'b', n: 2 },
    ],
  });
  expect(file.split('\n')).toHaveLength(4);
  expect(file.split('\n').slice(1, 3)).toEqual(['{"key":"a","n":1},', '{"key":"b","n":2}']);
  expect(lines.map(([, length]) => length)).toEqual([17, 17]);
  expect(new Set(lines.map(([name]) => name)).size).toBe(2);
  expect(textOf(data)).toBe(file);
  const none = textOf({ ...data, elections: [] });
  expect(JSON.parse(none)).toEqual({ commit: 'c', lines: [], elections: [] });
});

it('writes as many pieces as there are, in place of what was there', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-pieces-'));
  try {
    const path = join(dir, 'data.json');
    for (const count of [5000, 2]) {
      const pieces = Array.from({ length: count }, (_, at) => Buffer.from(`${at},`));
      await writePieces(path, pieces);
      expect(readFileSync(path).equals(Buffer.concat(pieces))).toBe(true);
    }
    await expect(writePieces(dir, [])).rejects.toThrow('EISDIR');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
