import { type Chain, readFile } from '@elekto/custody/board';

/** Who signed these files, as results.json names them: logins in the order of positions, `, ` between them. */
export const signersIn = (board: Chain, posts: readonly Uint8Array[]): string =>
  [...new Set(posts.map((bytes) => readFile(bytes)?.officer ?? 0))]
    .toSorted((a, b) => a - b)
    .map((officer) => board.key.header.officers[officer - 1]?.login ?? '')
    .join(', ');
