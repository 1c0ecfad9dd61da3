/** What looks for canaries finds each: a search that overlooks one lets everything pass. */
import { randomBytes, randomInt } from 'node:crypto';
import { expect, it } from 'vitest';

import { eachPlace } from './canaries.ts';

/** As Node itself finds them, one text after the other. */
function places(files: readonly Buffer[], texts: readonly (string | Buffer)[]): string[] {
  const found: string[] = [];
  for (const [file, bytes] of files.entries())
    for (const [nth, text] of texts.entries())
      for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + 1))
        found.push(`${String(file)} ${String(at)} ${String(nth)}`);
  return found.sort();
}

/** Bytes of few values, so that texts begin alike, overlap and lie in each other. */
const few = (length: number, values: number): Buffer =>
  randomBytes(length).map((byte) => byte % values) as Buffer;

it.each([2, 3, 16, 256])('each place is told once, in bytes of %i values', (values) => {
  for (let round = 0; round < 60; round += 1) {
    const files = [few(randomInt(2000), values), Buffer.alloc(0), few(randomInt(2000), values)];
    const texts = Array.from({ length: randomInt(1, 12) }, () => few(randomInt(3, 40), values));
    for (const text of texts) {
      const file = files[randomInt(2) * 2] as Buffer;
      // At the very first and the very last bytes as well.
      const room = file.length - text.length;
      if (room >= 0) text.copy(file, [0, room, randomInt(room + 1)][randomInt(3)]);
    }
    const unlike = texts.filter((text, nth) => texts.findIndex((other) => other.equals(text)) === nth);
    const told: string[] = [];
    eachPlace(files, unlike, (text, at, file) => {
      told.push(`${String(file)} ${String(at)} ${String(unlike.indexOf(text))}`);
    });
    expect(told.sort()).toEqual(places(files, unlike));
  }
});

it('texts longer than a step can be, and none that is too short', () => {
  const text = randomBytes(700);
  const at: number[] = [];
  eachPlace([Buffer.concat([randomBytes(90), text, text])], [text], (_, place) => at.push(place));
  expect(at).toEqual([90, 790]);
  expect(() => eachPlace([Buffer.from('ab')], ['ab'], () => undefined)).toThrow('too short');
});
