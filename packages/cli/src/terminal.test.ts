import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { printable, writeData, writeErr, writeOut } from './terminal.ts';

const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
const isTTY = process.stdout.isTTY;
afterEach(() => {
  out.mockClear();
  err.mockClear();
  process.stdout.isTTY = isTTY;
});
afterAll(() => {
  out.mockRestore();
  err.mockRestore();
});

describe('what the command shows', () => {
  it.each([
    '\u001b[2J',
    '\u009b2J',
    '\u0007',
    '\r',
    '\u202e',
    '\u2066',
    '\u200f',
    '\u061c',
    '\u2028',
    '\u0085',
  ])('holds no character that steers a terminal or turns a line: %j', (text) => {
    expect(printable(`a${text}b`)).toBe(`a\ufffd${text.slice(1)}b`);
    for (const write of [writeOut, writeErr]) write(`one${text}\ntwo\n`);
    for (const stream of [out, err])
      expect(stream.mock.calls).toEqual([[`one\ufffd${text.slice(1)}\ntwo\n`]]);
  });

  it('keeps letters of every script, and what joins them', () => {
    for (const text of ['Zoë', 'שלום', 'नमस्ते', '\u{1F469}\u200d\u{1F4BB}', 'می\u200cروم'])
      expect(printable(text)).toBe(text);
  });

  it('is the very bytes where a program or a file takes them, and no terminal', () => {
    process.stdout.isTTY = false;
    writeData('"a\u202eb\u001b"\n');
    process.stdout.isTTY = true;
    writeData('"a\u202eb\u001b"\n');
    expect(out.mock.calls).toEqual([['"a\u202eb\u001b"\n'], ['"a\ufffdb\ufffd"\n']]);
  });
});
