import type { SiteElection, SiteSnapshot } from '@elekto/site/data';
import { expect, it } from 'vitest';

import { ElectionTexts } from './election-texts.ts';

it('writes each election on a line of its own, and one that is told again not anew', () => {
  let written = 0;
  const election = (key: string): SiteElection =>
    ({ key, text: 'two\nlines', toJSON: () => ({ key, n: (written += 1) }) }) as unknown as SiteElection;
  const data = { commit: 'c', elections: [election('a'), election('b')] } as unknown as SiteSnapshot;
  const texts = new ElectionTexts();
  const file = texts.fileOf(data).toString();
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
  expect(texts.fileOf(data).toString()).toBe(file);
  const none = texts.fileOf({ ...data, elections: [] }).toString();
  expect(JSON.parse(none)).toEqual({ commit: 'c', lines: [], elections: [] });
});
