import { METHODS } from '@elekto/tally';
import { describe, expect, it } from 'vitest';
import { finalise, makeElection, ballotsCsvOf, NOW } from '../../../../tests/harness/fixtures.ts';
import { compareMethods, type Compared } from './compare.ts';

async function collect(rows: AsyncIterable<Compared>): Promise<Compared[]> {
  const all: Compared[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

describe('the same ballots by other methods', () => {
  const election = makeElection({
    key: 'x',
    name: 'X',
    opensAt: NOW - 2,
    closesAt: NOW - 1,
    state: 'open',
    seats: 2,
    candidates: 5,
    eligible: 90,
    cast: 60,
    requests: 0,
    limit: 1,
  });
  const result = finalise(election);

  it('are counted by every method, the pinned one with the same result', async () => {
    const rows = await collect(compareMethods(ballotsCsvOf(election), result));
    expect(rows.map(({ method }) => method)).toEqual(METHODS.map(({ name }) => name));
    const schulze = rows.find(({ method }) => method === 'schulze')?.outcome;
    expect(schulze?.seats).toEqual(result.outcome.seats);
    expect(rows.every(({ outcome, problem }) => (outcome === null) === (problem !== null))).toBe(true);
  });

  it('are counted with the strength, the order and the reading of unranked candidates that were pinned', async () => {
    const counting = {
      method: 'schulze',
      strength: 'margins',
      unranked: 'last',
      secondary: true,
      order: 'layers',
    } as const;
    const manifest = { ...result.manifest, candidates: ['ada', 'bo', 'cy'], seats: 1, counting };
    // Of those with an opinion on both, most prefer bo to ada; unranked below all others, ada beats bo.
    const csv = `ada,bo,cy\n${'1,No opinion,2\n'.repeat(3)}${'2,1,3\n'.repeat(2)}`;
    const rows = await collect(
      compareMethods(csv, {
        tieDecisions: [],
        eligible: 5,
        outcome: { ...result.outcome, candidates: manifest.candidates },
        manifest: { ...manifest, representationLimit: null, limitValues: null },
      }),
    );
    const schulze = rows.find(({ method }) => method === 'schulze')?.outcome;
    expect(schulze?.seats.elected).toEqual(['ada']);
    const { seats: _, limit: _limit, ...switches } = schulze?.options ?? {};
    const { method: _method, ...pinned } = counting;
    expect(switches).toMatchObject(pinned);
  });

  it('give the pinned method the seats that people decided, and leave the tie open by others', async () => {
    const tied = makeElection({
      key: 'z',
      name: 'Z',
      opensAt: NOW - 2,
      closesAt: NOW - 1,
      state: 'open',
      seats: 1,
      candidates: 2,
      eligible: 2,
      cast: 2,
      requests: 0,
      ballots: [{ ranks: [1, 2] }, { ranks: [2, 1] }],
    });
    const decided = finalise(tied, [{ winners: ['kaito-mori'], how: 'By lot.', by: 'edda-lind', at: NOW }]);
    const rows = await collect(compareMethods(ballotsCsvOf(tied), decided));
    const seats = (method: string) => rows.find((row) => row.method === method)?.outcome?.seats;
    expect(seats('schulze')).toMatchObject({ elected: ['kaito-mori'], openTies: [] });
    expect(seats('borda')).toMatchObject({ elected: [], openTies: [{ seats: 1 }] });
  });

  it('say why a method has no answer', async () => {
    const many = makeElection({
      key: 'y',
      name: 'Y',
      opensAt: NOW - 2,
      closesAt: NOW - 1,
      state: 'open',
      seats: 1,
      candidates: 40,
      eligible: 90,
      cast: 10,
      requests: 0,
    });
    const rows = await collect(compareMethods(ballotsCsvOf(many), finalise(many)));
    expect(rows.find(({ method }) => method === 'kemeny-young')?.problem).toMatch(/candidates/);
  });
});
