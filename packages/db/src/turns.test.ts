import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { takeTurns } from './turns.ts';

describe('taking turns', () => {
  it('lets so many go on at a time, in the order of their coming, whatever fails', async () => {
    const inTurn = takeTurns(3, 60_000);
    let going = 0;
    let most = 0;
    const started: number[] = [];
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        inTurn(async () => {
          started.push(index);
          most = Math.max(most, (going += 1));
          await sleep(1);
          going -= 1;
          if (index % 4 === 0) throw new Error('no');
          return index;
        }),
      ),
    );
    expect(most).toBe(3);
    expect(started).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    expect(await inTurn(() => Promise.resolve('free again'))).toBe('free again');
  });

  it('refuses who has waited too long, and nobody else', async () => {
    const inTurn = takeTurns(1, 20);
    const slow = inTurn(() => sleep(60).then(() => 'done'));
    await expect(inTurn(() => Promise.resolve('never'))).rejects.toMatchObject({
      kind: 'lost',
      code: 'QUEUE',
    });
    expect(await slow).toBe('done');
    expect(await inTurn(() => Promise.resolve('free again'))).toBe('free again');
  });
});
