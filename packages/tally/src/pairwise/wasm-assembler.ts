/**
 * A very small WebAssembly assembler: just what `simd-module.ts` needs to write its one function as
 * readable lines instead of a checked-in blob. Encodings from the WebAssembly 2.0 specification,
 * chapters 5 (binary format) and 5.4.9 (vector instructions).
 */

/** A piece of code: bytes. */
export type Code = readonly number[];

/** LEB128, unsigned. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed, for values that fit 32 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

/** Joins pieces of code. */
export function seq(...parts: readonly Code[]): Code {
  return parts.flat();
}

export const getLocal = (i: number): Code => [0x20, ...unsigned(i)];
export const setLocal = (i: number): Code => [0x21, ...unsigned(i)];
export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const i32Add: Code = [0x6a];
export const i32Load: Code = [0x28, 2, 0];
export const i32Store: Code = [0x36, 2, 0];

/** The 16 bytes at the address on the stack plus `offset`. */
export const v128Load = (offset = 0): Code => [0xfd, 0x00, 4, ...unsigned(offset)];
export const v128Store: Code = [0xfd, 0x0b, 4, 0];
export const i8x16Splat: Code = [0xfd, 0x0f];
export const i8x16Eq: Code = [0xfd, 0x23];
export const i8x16LtS: Code = [0xfd, 0x25];
export const v128And: Code = [0xfd, 0x4e];
export const v128Or: Code = [0xfd, 0x50];
export const v128Xor: Code = [0xfd, 0x51];
export const i8x16Sub: Code = [0xfd, 0x71];
export const i16x8ExtAddI8x16U: Code = [0xfd, 0x7d];
export const i32x4ExtAddI16x8U: Code = [0xfd, 0x7f];
export const i32x4ExtractLane = (lane: number): Code => [0xfd, 0x1b, lane];

/** Runs `body` at least once and again for as long as local `i`, raised by `step`, is below local `end`. */
export function repeat(i: number, step: number, end: number, body: Code): Code {
  const next = seq(getLocal(i), i32Const(step), i32Add, setLocal(i), getLocal(i), getLocal(end), [0x49]);
  return seq([0x03, 0x40], body, next, [0x0d, 0], [0x0b]);
}

const I32 = 0x7f;
const V128 = 0x7b;

/**
 * A module with one exported function `run` of `parameters` i32 and no result, which has `counters` i32
 * and then `vectors` v128 locals, and an exported memory of `pages` pages that may grow.
 */
export function moduleOf(
  parameters: number,
  counters: number,
  vectors: number,
  pages: number,
  code: Code,
): Uint8Array<ArrayBuffer> {
  const locals = [2, ...unsigned(counters), I32, ...unsigned(vectors), V128];
  const body = [...locals, ...code, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters, ...new Array<number>(parameters).fill(I32), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, [2, ...name('run'), 0, 0, ...name('memory'), 2, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

function section(id: number, bytes: Code): number[] {
  return [id, ...unsigned(bytes.length), ...bytes];
}

function name(text: string): number[] {
  return [text.length, ...Array.from(text, (char) => char.charCodeAt(0))];
}
