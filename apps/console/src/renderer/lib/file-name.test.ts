import { expect, it } from 'vitest';
import { fileName } from './file-name.ts';

it.each([
  ['steering---2025', 'steering-2025-ballots.csv'],
  ['räte---2025', 'räte-2025-ballots.csv'],
  ['../../etc', 'etc-ballots.csv'],
  ['---', 'election-ballots.csv'],
  ['a b/c\\d', 'a-b-c-d-ballots.csv'],
])('the files of %s begin with a safe name', (key, name) => expect(fileName(key, 'ballots.csv')).toBe(name));
