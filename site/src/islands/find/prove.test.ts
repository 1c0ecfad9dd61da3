import { ballotLeaf } from '@elekto/protocol/result';
import { merkleRoot, merkleTree, toHex } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import type { Api } from '../shared/api.ts';
import { prove } from './prove.ts';

const trackers = ['aa', 'bb', 'cc'].map((two) => two.repeat(16));
const ballots = [
  [1, 2],
  [0, 1],
  [2, 1],
];
const leaves = ballots.map((ranks, i) => ballotLeaf(trackers[i] ?? '', ranks));
const root = toHex(merkleRoot(leaves));
const results = JSON.stringify({ root, cast: 3, trackers, manifest: { candidates: ['ada', 'grace'] } });

const apiThatAnswers = (change: object | null) => {
  const asked: unknown[] = [];
  const mutate = (input: unknown) => {
    asked.push(input);
    const path = merkleTree(leaves).path(1).map(toHex);
    const proof = { tracker: trackers[1], ranks: ballots[1], index: 1, size: 3, path, root };
    return Promise.resolve({ proof: change && { ...proof, ...change } });
  };
  return { api: { ballot: { inclusionProof: { mutate } } } as unknown as Api, asked };
};

describe('a ballot whose officers kept the ballots to themselves', () => {
  it('is read from a proof that leads to the signed root', async () => {
    const { api, asked } = apiThatAnswers({});
    expect(await prove(api, 'board', results, ` ${trackers[1]?.toUpperCase()} `)).toEqual({
      kind: 'found',
      ranking: { grace: 1 },
      candidates: ['ada', 'grace'],
    });
    expect(asked).toEqual([{ key: 'board', tracker: trackers[1] }]);
  });

  it.each([
    ['another ranking', { ranks: [1, 2] }],
    ['another place', { index: 2 }],
    ['somebody else’s tracker', { tracker: trackers[0] }],
    ['another path', { path: [] }],
  ])('is not believed with %s', async (_, change) => {
    expect(await prove(apiThatAnswers(change).api, 'board', results, trackers[1] ?? '')).toBeNull();
  });

  it('is not shown when the server proves nothing', async () => {
    expect(await prove(apiThatAnswers(null).api, 'board', results, trackers[1] ?? '')).toBeNull();
  });
});
