import { expect, it } from 'vitest';
import { inGroups } from './in-groups.ts';

const later = () => new Promise((go) => setImmediate(go));

it('lets the first begin at once, and all who come meanwhile be one group, as many as it takes', async () => {
  const groups: number[][] = [];
  const double = inGroups(3, async (all: readonly number[]) => {
    groups.push([...all]);
    await later();
    return all.map((one) => one * 2);
  });
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map(double))).toEqual([2, 4, 6, 8, 10, 12]);
  expect(groups).toEqual([[1], [2, 3, 4], [5, 6]]);
  expect(await double(7)).toBe(14);
  expect(groups.at(-1)).toEqual([7]);
});

it('fails those whose group fails, and goes on with the others', async () => {
  const work = inGroups(2, async (all: readonly string[]) => {
    await later();
    if (all.includes('bad')) throw new Error('no');
    return all;
  });
  const answers = await Promise.allSettled(['a', 'b', 'bad', 'c', 'd'].map(work));
  expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([true, false, false, true, true]);
});
