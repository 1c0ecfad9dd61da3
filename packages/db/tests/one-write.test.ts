import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { writeTogether } from '../src/one-write.ts';

it('what is written in one turn goes out as one, and what comes later by itself', async () => {
  const writes: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _, done) => {
      writes.push(chunk);
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  const together = writeTogether(stream);
  const ask = (text: string): void => {
    together();
    stream.write(text);
  };
  const asked = (async () => {
    ask('a');
    await Promise.resolve();
    ask('b');
    await Promise.resolve();
    ask('c');
  })();
  expect(writes).toEqual([]);
  await asked;
  await new Promise(setImmediate);
  expect(writes).toEqual(['abc']);
  ask('d');
  await new Promise(setImmediate);
  ask('e');
  await new Promise(setImmediate);
  expect(writes).toEqual(['abc', 'd', 'e']);
});
