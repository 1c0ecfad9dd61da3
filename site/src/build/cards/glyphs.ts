import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

type Entry = readonly [offset: number, width: number, left: number, advance: number];

/** The letters that cards are set in, one size; made by make-glyphs.ts. Values of a pixel are 0 to 15. */
export interface Glyphs {
  readonly size: number;
  readonly height: number;
  /** The letter's metrics and pixels; undefined for a letter that is not there. */
  of(character: string):
    | {
        readonly width: number;
        readonly left: number;
        readonly advance: number;
        pixel(x: number, y: number): number;
      }
    | undefined;
}

let loaded: Glyphs | undefined;

export function loadGlyphs(): Glyphs {
  if (loaded) return loaded;
  const file = inflateRawSync(readFileSync(new URL('./glyphs.bin', import.meta.url)));
  const headerLength = file.readUInt32BE(0);
  const { size, height, glyphs } = JSON.parse(file.toString('utf8', 4, 4 + headerLength)) as {
    size: number;
    height: number;
    glyphs: Record<string, Entry>;
  };
  const start = 4 + headerLength;
  loaded = {
    size,
    height,
    of(character) {
      const entry = Object.hasOwn(glyphs, character) ? glyphs[character] : undefined;
      if (!entry) return undefined;
      const [offset, width, left, advance] = entry;
      return {
        width,
        left,
        advance,
        pixel(x, y) {
          if (x < 0 || y < 0 || x >= width || y >= height) return 0;
          const at = y * width + x;
          const byte = file[start + offset + (at >> 1)] ?? 0;
          return at % 2 === 0 ? byte >> 4 : byte & 15;
        },
      };
    },
  };
  return loaded;
}
