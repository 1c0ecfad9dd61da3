import { MetaRepoError, type MetaRepo, type MetaSnapshot } from '@elekto/metarepo';
import { expect, it } from 'vitest';

import type { Logger } from '../src/log.ts';
import { Follower } from '../src/sync/follow.ts';

/** Does in turn what each says, and the last for ever. */
const inTurn = <T>(...all: readonly (T | Error)[]): (() => Promise<T>) => {
  const left = [...all];
  return () => {
    const one = (left.length > 1 ? left.shift() : left[0]) as T | Error;
    return one instanceof Error ? Promise.reject(one) : Promise.resolve(one);
  };
};

it('tells the start and the end of an outage once each, whatever the database does meanwhile', async () => {
  const told: string[] = [];
  const write = (_: unknown, message?: string): void => void told.push(message ?? String(_));
  const snapshot = { commit: 'a'.repeat(40), elections: new Map() } as unknown as MetaSnapshot;
  const away = new MetaRepoError('unreadable', 'The host does not answer.');
  const gone = new Error('the database is gone');
  const follower = new Follower({
    repo: { sync: inTurn<MetaSnapshot>(away, away, snapshot) } as unknown as MetaRepo,
    // The first two looks begin, the third has no time at its end, the fourth not even at its beginning.
    now: inTurn<number>(1, 2, 3, gone, gone, 6),
    log: { info: write, warn: write, error: write } as unknown as Logger,
    pollMs: 0,
    first: { definitions: { snapshot, fetchedFrom: 0 }, at: 0, problem: null },
    onRead: () => undefined,
    announce: () => undefined,
  });
  for (let look = 0; look < 6; look += 1) await follower.look();
  follower.stop();
  expect(told).toEqual(['the meta repository cannot be read', 'the meta repository can be read again']);
  expect(follower.state).toEqual({ at: 6, problem: null });
});
