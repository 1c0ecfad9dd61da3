import { boxLine } from '@elekto/election';
import type { Past } from '@elekto/metarepo';
import { describe, expect, it } from 'vitest';
import { boxesOnBranch } from './boxes.ts';

const [ONE, TWO, RUN] = ['11'.repeat(32), '22'.repeat(32), 'aa'.repeat(32)];
const line = (hash: string) => `${boxLine({ hash, manifestHash: RUN })}\n`;

/** A past in which each file said something at the head, and something on the way there. */
const pastWith = (
  files: Readonly<Record<string, { readonly now?: string; readonly before?: string }>>,
): Past => ({
  at: { source: '', branch: 'main' },
  head: 'head',
  origin: null,
  follows: () => true,
  textsOf: (path, commit) => {
    const { now, before } = files[path] ?? {};
    const texts = commit === 'head' ? [now] : [now, before];
    return Promise.resolve(texts.flatMap((text) => (text === undefined ? [] : [{ text, since: 5 }])));
  },
});
const boxes = (files: Parameters<typeof pastWith>[0], box: string) =>
  boxesOnBranch(pastWith(files), ['a/box.txt', 'b/box.txt'], ['pinned'], box);

describe('the boxes of an election on the branch', () => {
  it('are those of every folder that it may have been in', async () => {
    const moved = { 'a/box.txt': { before: line(ONE) }, 'b/box.txt': { now: line(TWO) } };
    expect(await boxes(moved, TWO)).toMatchObject({ hashes: [ONE, TWO], since: 5 });
  });

  it('are also those that were taken away, but for the one in question, which has to stand there', async () => {
    expect(await boxes({ 'a/box.txt': { before: line(ONE) } }, TWO)).toMatchObject({
      hashes: [ONE],
      since: null,
    });
    expect(await boxes({ 'a/box.txt': { before: line(ONE) } }, ONE)).toMatchObject({
      hashes: [],
      since: null,
    });
    expect(await boxes({ 'a/box.txt': { now: line(ONE) } }, ONE)).toMatchObject({ hashes: [ONE], since: 5 });
  });
});
