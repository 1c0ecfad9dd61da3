/** A list as one part of a frame: the number of items (uint32), then each with its length (uint32) before it. */
export function list(items: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(4 + items.reduce((sum, item) => sum + 4 + item.length, 0));
  const view = new DataView(whole.buffer);
  view.setUint32(0, items.length);
  let at = 4;
  for (const item of items) {
    view.setUint32(at, item.length);
    whole.set(item, at + 4);
    at += 4 + item.length;
  }
  return whole;
}

/** The bytes of equally long pieces. @throws RangeError when the length is no multiple of theirs. */
export function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  if (bytes.length % length !== 0) throw new RangeError('not a whole number of pieces');
  return Array.from({ length: bytes.length / length }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
}

/** Whether two byte strings are the same. */
export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Whether two secrets are the same, without telling where they differ. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
