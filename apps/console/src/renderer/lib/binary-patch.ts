/* eslint elekto/words-in-catalogue: off -- words of the format of patches */
/** Patches of files that are no text, as `git apply` takes them. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
/** Bytes of a line. */
const WIDTH = 52;

/** Four bytes, the last ones filled with zeros, as five digits of base 85. */
function fiveDigits(bytes: Uint8Array, at: number): string {
  let value = 0;
  for (let i = 0; i < 4; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  let digits = '';
  for (let i = 0; i < 5; i += 1) {
    digits = (ALPHABET[value % 85] ?? '') + digits;
    value = Math.floor(value / 85);
  }
  return digits;
}

/** A line: its length as a letter (A to Z for 1 to 26, a to z for 27 to 52), then its bytes in base 85. */
function lineOf(bytes: Uint8Array): string {
  let line = String.fromCharCode(bytes.length <= 26 ? 64 + bytes.length : 70 + bytes.length);
  for (let at = 0; at < bytes.length; at += 4) line += fiveDigits(bytes, at);
  return `${line}\n`;
}

/** With zlib's header. */
async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function blobId(bytes: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  // Names the object as git does: nothing is protected by it.
  const id = new Uint8Array(await crypto.subtle.digest('SHA-1', whole));
  return Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A patch that makes a new file of these bytes: git's "GIT binary patch" with one literal (git-diff documentation, base85.c). */
export async function newBinaryPatch(path: string, bytes: Uint8Array): Promise<string> {
  const packed = await deflated(bytes);
  const lines: string[] = [];
  for (let at = 0; at < packed.length; at += WIDTH) lines.push(lineOf(packed.subarray(at, at + WIDTH)));
  const head = `diff --git a/${path} b/${path}\nnew file mode 100644\nindex ${'0'.repeat(40)}..${await blobId(bytes)}\n`;
  return `${head}GIT binary patch\nliteral ${bytes.length}\n${lines.join('')}\n`;
}
