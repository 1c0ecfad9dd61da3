import type { Code } from './wasm-assembler.ts';
import {
  getLocal,
  i16x8ExtAddI8x16U,
  i32Add,
  i32Const,
  i32Load,
  i32Store,
  i32x4ExtAddI16x8U,
  i32x4ExtractLane,
  i8x16Eq,
  i8x16LtS,
  i8x16Splat,
  i8x16Sub,
  moduleOf,
  repeat,
  seq,
  setLocal,
  v128And,
  v128Load,
  v128Or,
  v128Store,
  v128Xor,
} from './wasm-assembler.ts';
import { BLOCK_ROWS } from '../ballots/ballot-table.ts';

/** Columns counted together: as many running sums as fit the vector registers of x64 and ARM. */
export const TILE = 8;

// Parameters: bytes of all columns, number of columns times 4, bytes of a column in use, fill for 0.
const CELLS = 0;
const ROW_BYTES = 1;
const USED = 2;
const FILL = 3;
// Counters.
const AT = 4;
const A = 5;
const B = 6;
const OUT = 7;
const OUT_ROW = 8;
// Vectors.
const LEFT = 9;
const ZERO = 10;
const SUM = 11;

/**
 * The kernel as a module: `run(cells, rowBytes, used, fill)`. Memory starts with the columns, `cells`
 * bytes of `BLOCK_ROWS` each, a multiple of `TILE` of them; after them stands the matrix of u32 sums,
 * `rowBytes` bytes a row, to which the counts are added. `used` is a multiple of 16, at least 16, and the
 * unused rest of those rows must be 0. `fill` is what 0 stands for: 0 (no opinion) or 255 (last).
 *
 * Cells are shifted to signed bytes, because that is the comparison the machines have. Left of the
 * comparison "no opinion" is turned into the highest value and on the right it stays the lowest, so that
 * it is before nobody and nobody is before it. A comparison gives -1 in each byte that holds, which is
 * subtracted from a byte of sums; 255 times at most, which is why a block has 4080 rows.
 */
export function simdModule(): Uint8Array<ArrayBuffer> {
  const splat = (value: number): Code => seq(i32Const(value), i8x16Splat);
  const shift = repeat(
    AT,
    16,
    CELLS,
    seq(
      getLocal(AT),
      ...[getLocal(AT), v128Load(), splat(0), i8x16Eq, getLocal(FILL), i8x16Splat, v128And],
      ...[getLocal(AT), v128Load(), v128Or, splat(-128), v128Xor, v128Store],
    ),
  );
  const compare = seq(
    ...[getLocal(A), getLocal(AT), i32Add, v128Load(), setLocal(LEFT)],
    ...[getLocal(LEFT), getLocal(LEFT), splat(-128), i8x16Eq, v128Xor, setLocal(LEFT)],
    ...tiles((k) =>
      seq(
        ...[getLocal(SUM + k), getLocal(LEFT)],
        ...[
          getLocal(B),
          getLocal(AT),
          i32Add,
          v128Load(k * BLOCK_ROWS),
          i8x16LtS,
          i8x16Sub,
          setLocal(SUM + k),
        ],
      ),
    ),
  );
  const store = tiles((k) =>
    seq(
      ...[getLocal(SUM + k), i16x8ExtAddI8x16U, i32x4ExtAddI16x8U, setLocal(SUM + k)],
      ...[getLocal(OUT), getLocal(OUT), i32Load],
      ...[0, 1, 2, 3].map((lane) => seq(getLocal(SUM + k), i32x4ExtractLane(lane), i32Add)),
      ...[i32Store, getLocal(OUT), i32Const(4), i32Add, setLocal(OUT)],
    ),
  );
  const tile = seq(
    ...tiles((k) => seq(getLocal(ZERO), setLocal(SUM + k))),
    ...[i32Const(0), setLocal(AT), repeat(AT, 16, USED, compare)],
    ...store,
  );
  const row = seq(
    ...[
      getLocal(OUT_ROW),
      setLocal(OUT),
      i32Const(0),
      setLocal(B),
      repeat(B, TILE * BLOCK_ROWS, CELLS, tile),
    ],
    ...[getLocal(OUT_ROW), getLocal(ROW_BYTES), i32Add, setLocal(OUT_ROW)],
  );
  const code = seq(shift, getLocal(CELLS), setLocal(OUT_ROW), repeat(A, BLOCK_ROWS, CELLS, row));
  return moduleOf(4, 5, 2 + TILE, 1, code);
}

function tiles(each: (k: number) => Code): Code[] {
  return Array.from({ length: TILE }, (_, k) => each(k));
}
