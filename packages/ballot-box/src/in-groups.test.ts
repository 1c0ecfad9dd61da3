import { expect, it } from 'vitest';
import { inGroups } from './in-groups.ts';

const later = () => new Promise((go) => setImmediate(go));

it('begins with all who come in one turn, and all who come meanwhile are one group, as many as it takes', async () => {
  const groups: number[][] = [];
  const double = inGroups(3, async (all: readonly number[]) => {
    groups.push([...all]);
    await later();
    return all.map((one) => one * 2);
  });
  expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  const first = double(6);
  await later();
  await Promise.all([first, double(7), double(8)]);
  expect(groups.slice(2)).toEqual([[6], [7, 8]]);
});

it('answers those of a group together, who come again together', async () => {
  const groups: number[][] = [];
  const work = inGroups(32, async (all: readonly number[]) => {
    groups.push([...all]);
    await later();
    return all;
  });
  await Promise.all(
    Array.from({ length: 8 }, async (_, person) => {
      await work(person);
      await work(person);
    }),
  );
  expect(groups.map(({ length }) => length)).toEqual([8, 8]);
});

it('fails those whose group fails, and goes on with the others', async () => {
  const work = inGroups(2, async (all: readonly string[]) => {
    await later();
    if (all.includes('bad')) throw new Error('no');
    return all;
  });
  const answers = await Promise.allSettled(['a', 'b', 'bad', 'c', 'd'].map(work));
  expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, false, true]);
});
