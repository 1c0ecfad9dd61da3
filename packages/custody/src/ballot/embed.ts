import { decodePoint, encodePoint, type Point } from '../group/point.ts';
import { PAYLOAD_BYTES } from './rules.ts';

const COUNTERS = 128;

function embedOne(payload: Uint8Array): Point {
  const bytes = new Uint8Array(32);
  bytes.set(payload, 1);
  for (let counter = 1; counter < COUNTERS; counter += 1) {
    bytes[0] = counter << 1;
    const point = decodePoint(bytes);
    if (point !== null) return point;
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
  return Array.from({ length: payload.length / PAYLOAD_BYTES }, (_, i) =>
    embedOne(payload.subarray(i * PAYLOAD_BYTES, (i + 1) * PAYLOAD_BYTES)),
  );
}

/** The payload that these points hold; null when embedding it again gives any other points. */
export function extract(points: readonly Point[]): Uint8Array<ArrayBuffer> | null {
  const payload = new Uint8Array(points.length * PAYLOAD_BYTES);
  for (const [i, point] of points.entries()) {
    const piece = encodePoint(point).subarray(1, 1 + PAYLOAD_BYTES);
    let again: Point;
    try {
      again = embedOne(piece);
    } catch {
      return null;
    }
    if (!again.equals(point)) return null;
    payload.set(piece, i * PAYLOAD_BYTES);
  }
  return payload;
}
