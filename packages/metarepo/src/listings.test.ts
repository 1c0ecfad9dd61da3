import { expect, it } from 'vitest';
import { Listings } from './listings.ts';
import type { TreeEntry, TreeReader } from './tree-reader.ts';

const entry = (name: string): TreeEntry => ({ name, kind: 'file', id: name });

function treeOf(folders: Readonly<Record<string, readonly TreeEntry[]>>, known = true) {
  const asked: string[] = [];
  const tree: TreeReader = {
    root: 'root',
    list: async (id) => {
      asked.push(id);
      return folders[id] ?? [];
    },
    size: async () => 0,
    read: async () => Buffer.alloc(0),
    fingerprint: (id) => (known ? id : null),
  };
  return { tree, asked };
}

it('lists a folder once for as long as it is as it was', async () => {
  const listings = new Listings();
  const folders = { a: [entry('x')], b: [entry('y')] };
  const first = listings.remember(treeOf(folders).tree);
  await first.list('a');
  await first.list('b');
  const { tree, asked } = treeOf({ ...folders, c: [entry('z')] });
  const second = listings.remember(tree);
  expect(await second.list('a')).toEqual(folders.a);
  expect(await second.list('c')).toEqual([entry('z')]);
  expect(asked).toEqual(['c']);
  const third = treeOf(folders);
  await listings.remember(third.tree).list('b');
  expect(third.asked, 'what the look before did not need is forgotten').toEqual(['b']);
});

it('lists anew what has no fingerprint, and what is more than it remembers', async () => {
  const listings = new Listings();
  const many = { a: Array.from({ length: 20_001 }, (_, i) => entry(String(i))) };
  for (const [folders, known] of [
    [many, true],
    [{ a: [entry('x')] }, false],
  ] as const) {
    await listings.remember(treeOf(folders, known).tree).list('a');
    const { tree, asked } = treeOf(folders, known);
    await listings.remember(tree).list('a');
    expect(asked).toEqual(['a']);
  }
});
