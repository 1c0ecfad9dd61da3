import { framed } from '@elekto/wire';

/** The parts of a frame of this domain with exactly `count` parts after it; null for any other bytes. */
export function unframe(bytes: Uint8Array, domain: string, count: number): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return null;
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) return null;
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  if (parts.length !== count + 1 || new TextDecoder().decode(parts[0]) !== domain) return null;
  return parts.slice(1);
}

/** A whole number as frames write it: decimal, no sign, no zeros before it; null for any other bytes. */
export function readNumber(bytes: Uint8Array): number | null {
  const text = new TextDecoder().decode(bytes);
  if (!/^(0|[1-9]\d{0,8})$/.test(text)) return null;
  return Number(text);
}

export { framed };
