import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { electionsAbove, nearestElections } from '../src/elections-folder.ts';
import { folder } from './support.ts';

it.each(['results-keys.yaml', 'site.yaml', null])(
  'the elections folder is known by its name or by a file that lies only there: %s',
  (file) => {
    const top = join(folder(), file === null ? 'elections' : 'meta');
    const election = join(top, 'steering', '2026');
    mkdirSync(election, { recursive: true });
    if (file !== null) writeFileSync(join(top, file), '');
    expect(electionsAbove(election)).toBe(top);
    expect(nearestElections(top)).toBe(top);
  },
);

it('looks no further than the repository, and takes the folder above where nothing tells', () => {
  const outside = join(folder(), 'elections');
  const election = join(outside, 'repo', 'votes', '2026');
  mkdirSync(election, { recursive: true });
  mkdirSync(join(outside, 'repo', '.git'));
  expect(nearestElections(election)).toBe(null);
  expect(electionsAbove(election)).toBe(join(outside, 'repo', 'votes'));
});
