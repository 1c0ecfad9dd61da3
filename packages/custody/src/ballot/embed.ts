import { decodePoint, encodePoint, type Point } from '../group/point.ts';
import { pieces, same } from '../list.ts';
import { PAYLOAD_BYTES } from './rules.ts';

const COUNTERS = 128;

type Decode = (bytes: Uint8Array) => Point | null;

interface Embedded {
  readonly point: Point;
  /** Its encoding. */
  readonly bytes: Uint8Array;
}

function embedOne(payload: Uint8Array, decode: Decode): Embedded {
  const bytes = new Uint8Array(32);
  bytes.set(payload, 1);
  for (let counter = 1; counter < COUNTERS; counter += 1) {
    bytes[0] = counter << 1;
    const point = decode(bytes);
    if (point !== null) return { point, bytes };
  }
  // One payload in 10^15 comes here.
  throw new RangeError('this ballot has no point of the group');
}

/**
 * Points that hold a payload, 29 bytes each: a byte of twice the smallest counter in 1..127 with which the encoding is
 * one of a group element, the 29 bytes, two zero bytes.
 *
 * @throws RangeError for a length that is no multiple of 29.
 */
export function embed(payload: Uint8Array): Point[] {
  if (payload.length % PAYLOAD_BYTES !== 0) throw new RangeError('a multiple of 29 bytes');
  return pieces(payload, PAYLOAD_BYTES).map((piece) => embedOne(piece, decodePoint).point);
}

/** The payload that these points hold; null when embedding it again gives any other points. */
export const extract = (points: readonly Point[]): Uint8Array<ArrayBuffer> | null =>
  extractEncoded(points.map(encodePoint), decodePoint);

/**
 * The same from the encodings of the points.
 *
 * @param decode what decodes points: for very many ballots, the faster one.
 */
export function extractEncoded(
  encodings: readonly Uint8Array[],
  decode: Decode,
): Uint8Array<ArrayBuffer> | null {
  const payload = new Uint8Array(encodings.length * PAYLOAD_BYTES);
  for (const [i, encoding] of encodings.entries()) {
    const piece = encoding.subarray(1, 1 + PAYLOAD_BYTES);
    try {
      if (!same(embedOne(piece, decode).bytes, encoding)) return null;
    } catch {
      return null;
    }
    payload.set(piece, i * PAYLOAD_BYTES);
  }
  return payload;
}
