import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawCard, wrap } from './share-card.ts';

const text = {
  top: 'Driftwood elections',
  title: 'Steering Committee, fourth term',
  bottom: '29 May 2026 – 8 June 2026',
};

/** Width, height and pixels of a PNG with a palette, read by hand. */
function read(png: Buffer) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return { width, height, pixel: (x: number, y: number) => rows[y * (width + 1) + 1 + x] };
}

describe('a share card', () => {
  it('is 1200 by 630 with a bar in the accent colour and ink on paper', () => {
    const { width, height, pixel } = read(drawCard(text, '#0b6b62'));
    expect([width, height]).toEqual([1200, 630]);
    expect(pixel(600, 5)).toBe(16);
    expect(pixel(600, 138)).toBe(15);
    const title = Array.from({ length: 1000 }, (_, x) => pixel(80 + x, 230) ?? 0);
    expect(Math.max(...title)).toBe(15);
  });

  it('is the same for the same words', () => {
    expect(drawCard(text, null).equals(drawCard(text, null))).toBe(true);
  });

  it('draws any name, leaving out letters it does not have', () => {
    expect(() =>
      drawCard({ top: '选举', title: 'Nabarun 🗳 Pal '.repeat(20), bottom: '' }, null),
    ).not.toThrow();
  });

  it('breaks lines between words and ends what does not fit in an ellipsis', () => {
    const lines = wrap('one two three four five six seven eight nine ten', 400, 1, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    expect(wrap('Donaudampfschifffahrtsgesellschaft', 300, 1, 1)[0]).toMatch(/…$/);
  });
});
