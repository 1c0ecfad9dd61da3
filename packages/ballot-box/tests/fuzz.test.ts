import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BallotPaper, HpkeCast, SealedCast } from '@elekto/protocol/ballot';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { sealBallot } from '@elekto/protocol/voter';
import { rankingLength } from '@elekto/protocol/ballot';
import { forgeCast, rankBytes } from './forge.ts';
import {
  CANDIDATES,
  DIALECTS,
  TEST_KDF,
  castFor,
  finish,
  kindOf,
  must,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

const REFUSED = [
  'malformed-ballot',
  'manifest-changed',
  'unknown-candidate',
  'opinion-required',
  'duplicate-handle',
  'ballot-withdrawn',
];

describe.each(DIALECTS)('a ballot that is not one, on %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;
  let paper: BallotPaper;
  let good: HpkeCast;
  const attacker = (): Person => people[0] as Person;
  const length = rankingLength(CANDIDATES.length);

  beforeAll(async () => {
    world = await startWorld(dialect);
    ({ election, people, officer } = await openElection(world, 5));
    paper = must(await world.box.paper(election, attacker()));
    good = (await seal(world, election, attacker(), { ada: 1 })).cast as HpkeCast;
    for (const person of people.slice(1)) await castFor(world, election, person, { ada: 1, grace: 2 });
  });
  afterAll(() => world.end());

  const attempt = async (cast: unknown): Promise<string> =>
    kindOf(await world.box.cast(election, attacker(), cast as SealedCast));

  it.each([
    ['a rank past the number of candidates', [6, 0, 0, 0, 0], 'malformed-ballot'],
    ['the rank 65535 (-1 as two bytes)', [0xffff, 0, 0, 0, 0], 'malformed-ballot'],
    ['a sixth candidate', [1, 2, 3, 4, 5, 1], 'unknown-candidate'],
  ])('is refused with a reason when it holds %s', async (_, ranks, kind) => {
    expect(await attempt(await forgeCast(paper, rankBytes(ranks, length)))).toBe(kind);
  });

  it('is refused when the ranking is too short or too long', async () => {
    expect(await attempt(await forgeCast(paper, new Uint8Array(length - 16)))).toBe('malformed-ballot');
    expect(await attempt(await forgeCast(paper, new Uint8Array(length + 16)))).toBe('malformed-ballot');
    expect(await attempt(await forgeCast(paper, new Uint8Array(0)))).toBe('malformed-ballot');
  });

  it('is refused when any byte of it is changed, cut off or added', async () => {
    const fields = ['encapsulated', 'ciphertext', 'binding', 'salt', 'authKey', 'sealedSeed'] as const;
    for (const field of fields) {
      const text = good[field];
      for (const bad of [text.slice(1), `${text}AA`, '', `${text}=`, ` ${text}`, 'x'.repeat(1_000_000)]) {
        expect(await attempt({ ...good, [field]: bad }), field).toBe('malformed-ballot');
      }
    }
    for (const field of ['encapsulated', 'ciphertext', 'binding'] as const) {
      for (let at = 0; at < good[field].length; at += 7) {
        const text = good[field];
        const bad = text.slice(0, at) + (text[at] === 'A' ? 'Q' : 'A') + text.slice(at + 1);
        expect(await attempt({ ...good, [field]: bad }), field).toBe('malformed-ballot');
      }
    }
    expect(await attempt({ ...good, encapsulated: 'A'.repeat(43) }), 'the point zero').toBe(
      'malformed-ballot',
    );
    expect(await attempt({ ...good, suite: 2 })).toBe('malformed-ballot');
    const handle = 'A'.repeat(22);
    for (const chosen of [{ shard: 0 }, { handle }, { handle, shard: 0 }]) {
      expect(await attempt({ ...good, ...chosen }), 'a place of its own choice').toBe('malformed-ballot');
    }
    expect(await attempt({ ...good, kdf: 1 })).toBe('malformed-ballot');
    expect(await attempt({ ...good, manifestHash: '0'.repeat(64) })).toBe('manifest-changed');
  });

  it('is refused whatever its shape', async () => {
    const shapes = [
      null,
      undefined,
      1,
      'x',
      [],
      {},
      { __proto__: good },
      { ...good, extra: 1 },
      [good],
      { ...good, shard: -1 },
      { ...good, shard: 0.5 },
      { ...good, shard: NaN },
      { ...good, shard: 1e9 },
      JSON.parse('{"__proto__":{"handle":"x"}}'),
    ];
    for (const shape of shapes) expect(REFUSED).toContain(await attempt(shape));
    const fields = Object.entries(good).map(
      ([key, value]) => [key, fc.oneof(fc.constant<unknown>(value), fc.anything())] as const,
    );
    await fc.assert(
      fc.asyncProperty(fc.record(Object.fromEntries(fields)), async (shape) => {
        fc.pre(!Object.entries(good).every(([key, value]) => shape[key] === value));
        expect(REFUSED).toContain(await attempt(shape));
      }),
      { numRuns: 150 },
    );
  });

  it('is refused by the voter’s own browser before it is sent', async () => {
    const rankings: unknown[] = [
      { nobody: 1 },
      { ada: 0 },
      { ada: -1 },
      { ada: 1.5 },
      { ada: NaN },
      { ada: Infinity },
      { ada: 1e9, mary: 5 },
      { ADA: 1 },
      JSON.parse('{"__proto__":1}'),
    ];
    for (const ranking of rankings) {
      await expect(
        sealBallot({ paper, ranking: ranking as never, passphrase: null, kdfs: [TEST_KDF] }),
      ).rejects.toThrow(RangeError);
    }
  });

  it('is sealed by no browser for a paper that its hash does not name', async () => {
    const { manifest } = paper;
    const others = [
      { ...paper, manifestHash: '0'.repeat(64) },
      { ...paper, manifest: { ...manifest, publicKey: 'A'.repeat(43) } },
      { ...paper, manifest: { ...manifest, candidates: manifest.candidates.toReversed() } },
      { ...paper, manifest: { ...manifest, seats: manifest.seats + 1 } },
    ];
    for (const other of others)
      await expect(
        sealBallot({ paper: other, ranking: { ada: 1 }, passphrase: null, kdfs: [TEST_KDF] }),
      ).rejects.toThrow();
    await sealBallot({ paper, ranking: { ada: 1 }, passphrase: null, kdfs: [TEST_KDF] });
  });

  it('leaves nothing behind, and the count unaffected', async () => {
    expect(must(await world.box.participation(election, attacker())).voted).toBe(false);
    expect(await world.box.allVotedKeys(attacker())).toEqual([]);
    await finish(world, election);
    expect(
      must(await world.box.ballotsCsv(election, officer))
        .trim()
        .split('\n')
        .slice(1),
    ).toEqual(Array(4).fill('1,No opinion,2,No opinion,No opinion'));
  });
});

describe('an election without "no opinion"', () => {
  it('takes only ballots that rank everybody', async () => {
    const world = await startWorld('sqlite');
    const { election, people } = await openElection(world, 2, { allowNoOpinion: false });
    const voter = people[0] as Person;
    const partial = await seal(world, election, voter, { ada: 1 });
    expect(kindOf(await world.box.cast(election, voter, partial.cast))).toBe('opinion-required');
    const all = Object.fromEntries(CANDIDATES.map((id) => [id, 1]));
    await castFor(world, election, voter, all);
    await world.end();
  });
});
