/** What somebody could make who has the program's own parts: files and ballots that are false where only their proofs show it. */
import { join } from '@elekto/wire';
import { handleOf, encodeRecord, splitRecord } from '../src/ballot/record.ts';
import type { BallotRules } from '../src/ballot/rules.ts';
import { sealBallot } from '../src/ballot/seal.ts';
import type { Board } from '../src/board/board.ts';
import { decryptPlace, mixPlace } from '../src/board/chain.ts';
import { writeFile } from '../src/board/file.ts';
import type { KeyShare } from '../src/ceremony/shares.ts';
import { decrypt } from '../src/decrypt/decrypt.ts';
import { multiply, multiplyBase } from '../src/group/multiply.ts';
import { decodeNonIdentity, encodePoint, type Point } from '../src/group/point.ts';
import { randomScalar } from '../src/group/scalar.ts';
import { prove } from '../src/mix/shuffle.ts';
import { must } from '../src/testing.ts';

/** Which other ballot the second part of each of four comes from, and the order in which they leave. */
const [SECOND, ORDER] = [
  [1, 0, 2, 3],
  [2, 0, 3, 1],
];
/** Whose mix it is, and with what they sign. */
type Mixer = readonly [officer: number, signSecret: Uint8Array];

function nextMix(board: Board, [officer, signSecret]: Mixer, body: Uint8Array): Uint8Array {
  const { manifestHash, position: seq } = mixPlace(board, officer);
  const { hash: prevHash } = board.head;
  return writeFile({ kind: 'mix', manifestHash, seq, prevHash, officer, body }, signSecret);
}

/**
 * The next mix of four ballots of two points, as a file: the first two had their second parts exchanged, and the proof is made for
 * what came of it, in the place of the true list.
 */
export function mixOfExchangedParts(board: Board, ...mixer: Mixer): Uint8Array {
  const { rows } = board.head;
  const exchanged = rows.map(({ a, b }, i) => {
    const other = rows[SECOND[i] ?? i] ?? { a, b };
    const parts = { a: [a[0], other.a[1]] as Point[], b: [b[0], other.b[1]] as Point[] };
    return { ...parts, bytes: join([...parts.a, ...parts.b].map(encodePoint)) };
  });
  const exponents = rows.map(() => [randomScalar(), randomScalar()]);
  return nextMix(board, mixer, prove(mixPlace(board, mixer[0]), exchanged, ORDER, exponents, rows));
}

/** The next mix of four ballots of two points, true but for the exponent, which both parts of the second ballot share. */
export function mixOfSharedExponent(board: Board, ...mixer: Mixer): Uint8Array {
  const { rows } = board.head;
  const exponents = rows.map((_, i) => (i === 1 ? [7n, 7n] : [randomScalar(), randomScalar()]));
  return nextMix(board, mixer, prove(mixPlace(board, mixer[0]), rows, ORDER, exponents));
}

/** The body of a mix of this list, all of it true, that was made for another election. */
export function mixForAnother(board: Board, officer: number): Uint8Array {
  const { rows } = board.head;
  const place = { ...mixPlace(board, officer), manifestHash: new Uint8Array(32) };
  const order = rows.map((_, i) => rows.length - 1 - i);
  return prove(
    place,
    rows,
    order,
    rows.map(() => [randomScalar()]),
  );
}

/** The body of a decryption of this list with a share in the name of an officer, who may be another, for this or another election. */
export const decryptionWith = (
  board: Board,
  officer: number,
  share: KeyShare,
  manifestHash = decryptPlace(board, officer).manifestHash,
): Uint8Array => decrypt({ ...decryptPlace(board, officer), manifestHash }, board.head.rows, share);

/** A ballot that says what another one says and looks otherwise. Whoever makes it does not know what is in it. */
export function rerandomisedCopy(rules: BallotRules, record: Uint8Array): Uint8Array {
  const parts = splitRecord(rules, record);
  const key = decodeNonIdentity(rules.electionKey);
  if (parts === null || key === null) throw new RangeError('a record and a key');
  const shifted = (list: readonly Uint8Array[], by: Point): Uint8Array[] =>
    list.map((one) => encodePoint((decodeNonIdentity(one) ?? key).add(by)));
  const [a, b] = [shifted(parts.a, multiplyBase(7n)), shifted(parts.b, multiply(key, 7n))];
  return encodeRecord({ ...parts, a, b, handle: handleOf(rules, a) });
}

/** A ballot that was sealed for another run of this election, under the handle that it would have in this one. */
export function ballotOfAnotherRun(rules: BallotRules, ranks: readonly number[]): Uint8Array {
  const other = { ...rules, manifestHash: 'ab'.repeat(32) };
  const { record } = must(sealBallot(other, ranks, new Uint8Array(32).fill(8)));
  const parts = splitRecord(rules, record);
  if (parts === null) throw new RangeError('a record');
  return encodeRecord({ ...parts, handle: handleOf(rules, parts.a) });
}
