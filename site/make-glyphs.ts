/**
 * Draws the letters of share cards once, with a browser, into `glyphs.bin`. Run by hand after a change:
 * `node site/make-glyphs.ts`. The face is DejaVu Sans Bold, whose licence allows it.
 */
import { writeFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { launchChromium } from '@elekto/testing';

const SIZE = 84;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
const CHARACTERS = [...range(0x20, 0x7e), ...range(0xa1, 0x17f), ...'–—‘’“”…•'];

const browser = await launchChromium({ draws: true });
const page = await browser.newPage();
const drawn = await page.evaluate(
  ({ size, characters }) => {
    const canvas = document.createElement('canvas');
    const height = Math.ceil(size * 1.3);
    canvas.width = size * 2;
    canvas.height = height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    context.font = `bold ${size}px "DejaVu Sans"`;
    return characters.map((character) => {
      context.clearRect(0, 0, canvas.width, height);
      context.fillText(character, 8, Math.round(size * 0.98));
      const { data } = context.getImageData(0, 0, canvas.width, height);
      let [left, right] = [canvas.width, -1];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < canvas.width; x++)
          if ((data[(y * canvas.width + x) * 4 + 3] ?? 0) > 7)
            [left, right] = [Math.min(left, x), Math.max(right, x)];
      const width = Math.max(0, right - left + 1);
      const alpha: number[] = [];
      for (let y = 0; y < height; y++)
        for (let x = left; x <= right; x++) alpha.push((data[(y * canvas.width + x) * 4 + 3] ?? 0) >> 4);
      return { character, advance: context.measureText(character).width, left: left - 8, width, alpha };
    });
  },
  { size: SIZE, characters: CHARACTERS },
);
await browser.close();

const glyphs: Record<string, readonly [offset: number, width: number, left: number, advance: number]> = {};
const bytes: number[] = [];
for (const { character, advance, left, width, alpha } of drawn) {
  glyphs[character] = [bytes.length, width, width === 0 ? 0 : left, Math.round(advance * 10) / 10];
  for (let i = 0; i < alpha.length; i += 2) bytes.push(((alpha[i] ?? 0) << 4) | (alpha[i + 1] ?? 0));
}
const header = Buffer.from(JSON.stringify({ size: SIZE, height: Math.ceil(SIZE * 1.3), glyphs }));
const length = Buffer.alloc(4);
length.writeUInt32BE(header.length);
const packed = deflateRawSync(Buffer.concat([length, header, Buffer.from(bytes)]), { level: 9 });
await writeFile(new URL('./src/build/cards/glyphs.bin', import.meta.url), packed);
console.log(`${drawn.length} letters, ${packed.length} bytes`);
