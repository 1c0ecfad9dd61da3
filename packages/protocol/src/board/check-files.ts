import { fileName, inReadingOrder, readFile } from '@elekto/custody/board';
import { toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import type { ResultsFile3 } from '../result/results.ts';

/** The files of a board by their names, whole. */
export type BoardBytes = ReadonlyMap<string, Uint8Array>;

/** Whether the files of the board are those that results.json names, and no more of them. */
export function checkFiles({ board }: ResultsFile3, files: BoardBytes): Check {
  const names = board.map(({ name }) => name);
  const say = (ok: boolean, code: Check['code'], name = ''): Check =>
    checked('files', ok, code, ok ? { n: names.length } : { name });
  const ordered = inReadingOrder(names);
  const misplaced = names.find((name, i) => ordered[i] !== name);
  if (misplaced !== undefined || names[0] !== '00-box.bin')
    return say(false, 'board-order', misplaced ?? names[0]);
  for (const { name, sha256: hash } of board) {
    const bytes = files.get(name);
    if (bytes === undefined) return say(false, 'board-missing', name);
    if (toHex(sha256(bytes)) !== hash) return say(false, 'board-changed', name);
    const read = readFile(bytes);
    if (read !== null && fileName(read) !== name) return say(false, 'board-misnamed', name);
  }
  const more = inReadingOrder(files.keys()).find((name) => !names.includes(name));
  return more === undefined ? say(true, 'board-files') : say(false, 'board-unlisted', more);
}
