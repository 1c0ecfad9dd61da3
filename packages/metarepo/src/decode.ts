import type { Diagnostic } from '@elekto/election';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes a file. What is not UTF-8 is read as Windows-1252, or as UTF-16 by its mark, and reported: no name is lost. */
export function decodeText(bytes: Buffer, path: string): { text: string; problems: Diagnostic[] } {
  try {
    return { text: utf8.decode(bytes), problems: [] };
  } catch {
    const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
    const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'windows-1252';
    const text = new TextDecoder(encoding).decode(bytes);
    const line = firstBadLine(bytes);
    const problem: Diagnostic = {
      code: 'file-not-utf8',
      severity: 'warning',
      file: path,
      line,
      column: 1,
      message: `The file is not UTF-8; it was read as ${encoding}.`,
      hint: 'Save it as UTF-8.',
    };
    return { text, problems: [problem] };
  }
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    try {
      utf8.decode(bytes.subarray(from, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end < 0) break;
    from = end + 1;
  }
  return 1;
}
