import { encodeText, framed } from '@elekto/wire';
import { same } from './list.ts';

/** The text of UTF-8 bytes as they are, a mark at the beginning included; null for bytes that are none. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The parts of a frame of this domain with exactly `count` parts after it; null for any other bytes. */
export function unframe(bytes: Uint8Array, domain: string, count: number): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    // No more parts than asked for, or bytes without end would fill the memory.
    if (parts.length > count || at + 4 > bytes.length) return null;
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) return null;
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const [first, ...rest] = parts;
  return first !== undefined && same(first, encodeText(domain)) && rest.length === count ? rest : null;
}

/** A whole number as frames write it: decimal, no sign, no zeros before it; null for any other bytes. */
export function readNumber(bytes: Uint8Array): number | null {
  const text = textOf(bytes) ?? '';
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : null;
}

export { framed };
