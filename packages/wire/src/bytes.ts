/** Bytes, their texts and their concatenation. Runs in browsers and in Node. */

const utf8 = new TextEncoder();

/** UTF-8 of a text. */
export const encodeText = (text: string): Uint8Array => utf8.encode(text);

/** All parts one after the other. */
export const concat = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => join(parts);

/** As `concat`, for lists of any length: a call takes no more arguments than the stack holds. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Four bytes, big-endian. */
export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/**
 * Unambiguous concatenation: each part is preceded by its length (uint32). The first part is always the
 * domain, so that no message made for one purpose can be taken for another.
 */
export function framed(domain: string, ...parts: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const all = [domain, ...parts].map((part) =>
    typeof part === 'string' && !isShortAscii(part) ? encodeText(part) : part,
  );
  const whole = new Uint8Array(all.reduce((sum, part) => sum + 4 + part.length, 0));
  const lengths = new DataView(whole.buffer);
  let at = 0;
  for (const part of all) {
    lengths.setUint32(at, part.length);
    at += 4;
    if (typeof part === 'string') for (let i = 0; i < part.length; i += 1) whole[at + i] = part.charCodeAt(i);
    else whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Names, numbers and ids, whose letters are their bytes: an encoder takes ten times as long for so few. */
function isShortAscii(text: string): boolean {
  if (text.length > 64) return false;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Bytes of a lower-case hex text of exactly `length` bytes; null for anything else. */
export function fromHex(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (text.length !== length * 2 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/** base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Bytes of a canonical base64url text of exactly `length` bytes; null for anything else. */
export function fromBase64Url(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (text.length !== Math.ceil((length * 4) / 3) || !/^[A-Za-z0-9_-]*$/.test(text)) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (binary.length !== length) return null;
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return toBase64Url(bytes) === text ? bytes : null;
}

/** Lexicographic order of equally long byte strings: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
