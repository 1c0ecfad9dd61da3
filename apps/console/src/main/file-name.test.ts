import { expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

it.each([
  ['ballots.csv', 'ballots.csv'],
  ['../../../etc/passwd', 'passwd'],
  ['C:\\Windows\\x.csv', 'x.csv'],
  ['.bashrc', 'bashrc'],
  ['a<b>:c|d?.csv', 'a-b-c-d-.csv'],
  ['con', 'elekto-con'],
  ['NUL.txt', 'elekto-NUL.txt'],
  ['...', 'elekto'],
  ['name. ', 'name'],
  ['räte.csv', 'räte.csv'],
])('%j is offered as %j', (name, safe) => expect(safeFileName(name)).toBe(safe));
