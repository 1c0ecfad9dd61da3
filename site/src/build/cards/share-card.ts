/** The picture that appears where a page is shared: a notice with the organisation's colour, 1200 by 630. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accentTokens, parseHex } from '../accent.ts';
import { loadGlyphs } from './glyphs.ts';
import { indexedPng } from './png.ts';

const WIDTH = 1200;
const HEIGHT = 630;
const EDGE = 72;
const INK = [25, 25, 22] as const;
const PAPER = [250, 249, 245] as const;
/** Raise it when the drawing changes: kept cards are then drawn anew. */
const DRAWING = 2;

export interface CardText {
  /** Small, above the rule. */
  readonly top: string;
  /** Large; at most three lines of it are drawn. */
  readonly title: string;
  /** Small, below; at most two lines of it are drawn. */
  readonly bottom: string;
}

type Rgb = readonly [number, number, number];
const mix = (a: Rgb, b: Rgb, t: number): Rgb =>
  [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * t)) as unknown as Rgb;

const { of, size, height } = loadGlyphs();
const widthOf = (text: string, scale: number) =>
  [...text].reduce((sum, c) => sum + (of(c)?.advance ?? 0) * scale, 0);

/** Words in lines no wider than `most`; what does not fit into `lines` ends in an ellipsis. */
export function wrap(text: string, most: number, scale: number, lines: number): string[] {
  const made: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = made.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, scale) <= most)
      made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  const kept = made.slice(0, lines);
  const cut = made.length > lines;
  return kept.map((line, i) => {
    let shown = cut && i === lines - 1 ? `${line}…` : line;
    while (widthOf(shown, scale) > most && shown.length > 2)
      shown = `${shown.replace(/…$/, '').slice(0, -1)}…`;
    return shown;
  });
}

type Glyph = NonNullable<ReturnType<typeof of>>;

/** A letter in a size, row by row. */
interface Scaled {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

/** Letters in the few sizes that cards are set in, each made once. */
const scaled = new Map<number, Map<string, Scaled>>();

/** Each pixel is the mean of the part of the large letter below it. */
function scaledGlyph(character: string, glyph: Glyph, scale: number): Scaled {
  const ofScale = scaled.get(scale) ?? new Map<string, Scaled>();
  scaled.set(scale, ofScale);
  const known = ofScale.get(character);
  if (known) return known;
  const [columns, rows] = [Math.ceil(glyph.width * scale), Math.ceil(height * scale)];
  const values = new Uint8Array(columns * rows);
  const from = (at: number) => Math.floor(at / scale);
  const to = (at: number) => Math.max(from(at) + 1, from(at + 1));
  for (let dy = 0; dy < rows; dy++) {
    for (let dx = 0; dx < columns; dx++) {
      const [x0, x1, y0, y1] = [from(dx), to(dx), from(dy), to(dy)];
      let sum = 0;
      for (let gy = y0; gy < y1; gy++) for (let gx = x0; gx < x1; gx++) sum += glyph.pixel(gx, gy);
      values[dy * columns + dx] = Math.round(sum / ((x1 - x0) * (y1 - y0)));
    }
  }
  const made = { width: columns, height: rows, values };
  ofScale.set(character, made);
  return made;
}

/** Draws a line whose top is at `y`. */
function drawLine(pixels: Uint8Array, text: string, x: number, y: number, scale: number): void {
  let pen = x;
  for (const character of text) {
    const glyph = of(character);
    if (!glyph) continue;
    const left = Math.round(pen + glyph.left * scale);
    const { width, height: rows, values } = scaledGlyph(character, glyph, scale);
    const [mostRows, mostColumns] = [Math.min(rows, HEIGHT - y), Math.min(width, WIDTH - left)];
    for (let dy = 0; dy < mostRows; dy++) {
      for (let dx = 0; dx < mostColumns; dx++) {
        const value = values[dy * width + dx] ?? 0;
        const at = (y + dy) * WIDTH + left + dx;
        if (value > (pixels[at] ?? 0)) pixels[at] = value;
      }
    }
    pen += glyph.advance * scale;
  }
}

/** The card as a PNG. The same text and colour always give the same bytes. */
export function drawCard(text: CardText, accent: string | null): Buffer {
  const colour =
    (accent === null ? null : parseHex(accentTokens(accent)?.light ?? '')) ?? parseHex('#1f3d99') ?? INK;
  const palette = [...Array.from({ length: 16 }, (_, i) => mix(PAPER, INK, i / 15)), colour];
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  const fill = (y: number, rows: number, value: number, from = 0, to = WIDTH) => {
    for (let row = y; row < y + rows; row++) pixels.fill(value, row * WIDTH + from, row * WIDTH + to);
  };
  fill(0, 28, 16);
  drawLine(pixels, wrap(text.top, WIDTH - 2 * EDGE, 0.5, 1)[0] ?? '', EDGE, 66, 0.5);
  fill(136, 6, 15, EDGE, WIDTH - EDGE);
  const scale = wrap(text.title, WIDTH - 2 * EDGE, 1, 9).length > 3 ? 0.75 : 1;
  wrap(text.title, WIDTH - 2 * EDGE, scale, 3).forEach((line, i) =>
    drawLine(pixels, line, EDGE, 178 + Math.round(i * size * scale * 1.18), scale),
  );
  fill(HEIGHT - 116, 2, 4, EDGE, WIDTH - EDGE);
  const below = wrap(text.bottom, WIDTH - 2 * EDGE, 0.42, 2);
  below.forEach((line, i) =>
    drawLine(pixels, line, EDGE, HEIGHT - (below.length === 1 ? 92 : 108 - i * 46), 0.42),
  );
  return indexedPng(WIDTH, HEIGHT, palette, pixels);
}

/** As `drawCard`, kept from build to build. */
export async function keptCard(text: CardText, accent: string | null, cacheDir: string): Promise<Buffer> {
  const key = createHash('sha256')
    .update(JSON.stringify([DRAWING, text, accent]))
    .digest('hex')
    .slice(0, 24);
  const file = join(cacheDir, 'cards', `${key}.png`);
  const kept = await readFile(file).catch(() => null);
  if (kept) return kept;
  const made = drawCard(text, accent);
  await mkdir(join(cacheDir, 'cards'), { recursive: true });
  // By a rename: half of one would be kept for good.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, made);
  await rename(draft, file);
  return made;
}
