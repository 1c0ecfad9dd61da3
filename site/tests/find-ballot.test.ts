import { toHex, merkleTree } from '@elekto/wire';
import { ballotLeaf } from '@elekto/protocol/result';
import { describe, expect, it } from 'vitest';
import {
  golden,
  goldenFile,
  goldenRows,
  SERVER,
  STRANGER,
} from '../../packages/protocol/tests/support/golden.ts';
import { findBallot } from '../src/islands/find/find-ballot.ts';
import type { Api } from '../src/islands/shared/api.ts';

const NAME = 'schulze';
const file = goldenFile(NAME);
const rows = goldenRows(NAME);
const { candidates } = file.manifest;
const results = golden(`${NAME}/results.json`);
const csv = golden(`${NAME}/ballots.csv`);
const [first = '', second = ''] = file.trackers;
const ranking = Object.fromEntries(candidates.flatMap((id, i) => (rows[1]?.[i] ? [[id, rows[1][i]]] : [])));

type Entry = Parameters<typeof findBallot>[1];
const by = (publicKey: string | null, trustedKeys: object[] = []): Entry =>
  ({ key: file.election, results: { publicKey, trustedKeys } }) as unknown as Entry;
const HERE = by(SERVER.publicKey);

/** A server that tells the second ballot, with its proof or a changed one; null: it proves nothing. */
function serverThatTells(change: object | null) {
  const asked: unknown[] = [];
  const path = merkleTree(rows.map((ranks, i) => ballotLeaf(file.trackers[i] ?? '', ranks)))
    .path(1)
    .map(toHex);
  const proof = { tracker: second, ranks: rows[1], index: 1, size: rows.length, path, root: file.root };
  const mutate = (input: unknown) => {
    asked.push(input);
    return Promise.resolve({ proof: change && { ...proof, ...change } });
  };
  return { api: { ballot: { inclusionProof: { mutate } } } as unknown as Api, asked };
}
const { api: silent, asked: nobodyAsked } = serverThatTells(null);

describe('finding a ballot by its tracker', () => {
  it('gives the ranking that stands under it, however the tracker was copied, and asks nobody', async () => {
    const copied = ` ${second.toUpperCase().replace(/(.{8})/g, '$1-')}\n`;
    const found = await findBallot(silent, HERE, { ballots: csv, results }, copied);
    expect(found).toEqual({ kind: 'found', ranking, candidates });
    expect(nobodyAsked).toEqual([]);
  });

  it('says when there is none, and when none were published', async () => {
    expect(await findBallot(silent, HERE, { ballots: csv, results }, 'cc')).toEqual({ kind: 'not-found' });
    expect(await findBallot(silent, HERE, { ballots: null, results }, 'cc')).toEqual({ kind: 'not-found' });
    expect(await findBallot(silent, HERE, { ballots: csv, results: null }, first)).toEqual({
      kind: 'no-trackers',
    });
  });

  it('believes no list of trackers that does not belong to the ballots', async () => {
    const swapped = JSON.stringify({ ...file, trackers: file.trackers.toReversed() });
    expect(await findBallot(silent, HERE, { ballots: csv, results: swapped }, second)).toMatchObject({
      kind: 'disputed',
      check: { code: 'wrong-signature' },
    });
    const other = `${csv.split('\n').toSpliced(1, 1).join('\n')}`;
    expect(await findBallot(silent, HERE, { ballots: other, results }, second)).toMatchObject({
      kind: 'disputed',
      check: { name: 'count' },
    });
  });
});

describe('a ballot whose officers kept the ballots to themselves', () => {
  const kept = { ballots: null, results };

  it('is read from a proof that leads to the signed root', async () => {
    const { api, asked } = serverThatTells({});
    expect(await findBallot(api, HERE, kept, second.toUpperCase())).toEqual({
      kind: 'found',
      ranking,
      candidates,
    });
    expect(asked).toEqual([{ key: file.election, tracker: second }]);
  });

  it.each([
    ['another ranking', { ranks: rows[1]?.toReversed().map((rank) => rank + 1) }],
    ['another place', { index: 2 }],
    ['somebody else’s tracker', { tracker: first }],
    ['another path', { path: [] }],
    ['no proof', null],
  ])('is known to be counted and not shown with %s', async (_, change) => {
    const { api } = serverThatTells(change);
    expect(await findBallot(api, HERE, kept, second)).toEqual({ kind: 'listed' });
  });

  // The proof leads to the root in the file, so a file by anybody would prove whatever its author likes.
  it.each([
    ['which the server of the election did not sign', HERE, 'other-key'],
    ['by a key that nobody lists', by(null), 'signed-unknown'],
    [
      'by another than the listed keys',
      by(null, [{ key: SERVER.publicKey, server: 'here', from: null, until: null }]),
      'signed-unknown',
    ],
  ])('is neither shown nor said to be counted by a file %s', async (_, entry, code) => {
    const { api, asked } = serverThatTells({});
    const forged = { ballots: null, results: JSON.stringify(STRANGER.sign(file)) };
    expect(await findBallot(api, entry, forged, second)).toMatchObject({ kind: 'disputed', check: { code } });
    expect(asked).toEqual([]);
  });

  it('is read by a listed key where the election was held elsewhere', async () => {
    const listed = by(null, [{ key: SERVER.publicKey, server: 'elsewhere', from: null, until: null }]);
    expect(await findBallot(serverThatTells({}).api, listed, kept, second)).toMatchObject({ kind: 'found' });
  });
});
