/** A mixer who exchanges parts of two ballots: what the proof of a mix is there to show. */
import { join } from '@elekto/wire';
import type { Board } from '../src/board/board.ts';
import { mixPlace } from '../src/board/chain.ts';
import { writeFile } from '../src/board/file.ts';
import { encodePoint, type Point } from '../src/group/point.ts';
import { randomScalar } from '../src/group/scalar.ts';
import { prove } from '../src/mix/shuffle.ts';

/** Which other ballot the second part of each of four comes from, and the order in which they leave. */
const [SECOND, ORDER] = [
  [1, 0, 2, 3],
  [2, 0, 3, 1],
];

/**
 * The next mix of four ballots of two points, as a file: the first two had their second parts exchanged, and the proof is made for
 * what came of it, in the place of the true list.
 */
export function mixOfExchangedParts(board: Board, officer: number, signSecret: Uint8Array): Uint8Array {
  const { rows, hash: prevHash } = board.head;
  const exchanged = rows.map(({ a, b }, i) => {
    const other = rows[SECOND[i] ?? i] ?? { a, b };
    const parts = { a: [a[0], other.a[1]] as Point[], b: [b[0], other.b[1]] as Point[] };
    return { ...parts, bytes: join([...parts.a, ...parts.b].map(encodePoint)) };
  });
  const exponents = rows.map(() => [randomScalar(), randomScalar()]);
  const place = mixPlace(board, officer);
  const body = prove(place, exchanged, ORDER, exponents, rows);
  const { manifestHash, position: seq } = place;
  return writeFile({ kind: 'mix', manifestHash, seq, prevHash, officer, body }, signSecret);
}
