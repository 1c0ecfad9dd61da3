import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_REHEARSED, holdRehearsal } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { madeOfficers } from './officers.ts';
import {
  castFor,
  generator,
  makeElection,
  must,
  openElection,
  randomRanking,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

const officer = { userId: 'o', account: '1', login: 'officer' };
const rankings = (n: number) => {
  const random = generator(7);
  return Array.from({ length: n }, () => randomRanking(random));
};
const hold = (n: number, changes: Partial<Election> = {}) =>
  holdRehearsal({ election: makeElection(3, changes), officer, rankings: rankings(n) });

describe('a rehearsal', () => {
  it('opens, seals, casts, closes, counts and verifies as the election will, and says what it is', async () => {
    const { result, ballotsCsv, resultsJson, checks } = must(await hold(40));
    expect(result).toMatchObject({ state: 'finalised', cast: 40, eligible: 40, publishedAt: null });
    expect(result.outcome.counts.cast).toBe(40);
    expect(result.manifest).toMatchObject({
      kind: 'rehearsal',
      name: 'Rehearsal: Steering 2026',
      sourceCommit: 'rehearsal',
    });
    expect(ballotsCsv.trim().split('\n')).toHaveLength(41);
    expect(JSON.parse(resultsJson)).toMatchObject({ cast: 40 });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['signature', 'manifest', 'root', 'recount', 'receipt']),
    );
  });

  it('counts the ballots it was given', async () => {
    const only = await holdRehearsal({
      election: makeElection(0, { seats: 1, receipts: 'none' }),
      officer,
      rankings: [
        { grace: 1, ada: 2, barbara: 3, katherine: 3, mary: 3 },
        { grace: 1, ada: 2 },
        { ada: 1, grace: 2 },
      ],
    });
    expect(must(only).result.outcome.seats.elected).toEqual(['grace']);
  });

  it('is signed by a key of its own each time', async () => {
    const [one, two] = [must(await hold(1)), must(await hold(1))];
    expect(one.result.publicKey).not.toBe(two.result.publicKey);
  });

  it('is for officers only', async () => {
    const refused = await holdRehearsal({
      election: makeElection(3),
      officer: { ...officer, login: 'voter-1' },
      rankings: rankings(1),
    });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-officer' } });
  });

  it('is held one at a time, and the next one when it has ended', async () => {
    const first = hold(5);
    expect(await hold(1)).toMatchObject({ ok: false, error: { kind: 'rehearsal-busy' } });
    expect((await first).ok).toBe(true);
    expect((await hold(1)).ok).toBe(true);
  });

  it('is given up after 20 seconds, and does not stand in the way of the next one', async () => {
    let time = 0;
    const slow = holdRehearsal({
      election: makeElection(3),
      officer,
      rankings: rankings(5),
      stopwatch: () => (time += 9_000),
    });
    expect(await slow).toMatchObject({ ok: false, error: { kind: 'rehearsal-too-long' } });
    expect((await hold(1)).ok).toBe(true);
  });

  it('has a limited number of ballots, and room for it', async () => {
    await expect(hold(0)).rejects.toThrow(RangeError);
    await expect(hold(MOST_REHEARSED + 1)).rejects.toThrow(RangeError);
    expect(must(await hold(MOST_REHEARSED)).result.cast).toBe(MOST_REHEARSED);
  });
});

describe('a rehearsal of an election that officers count', () => {
  it('is held through a ceremony, mixes and decryptions by throw-away keys, and verifies step by step', async () => {
    const { custody } = await madeOfficers();
    const held = must(await hold(6, { custody, seats: 1 }));
    expect(held.result).toMatchObject({ state: 'finalised', cast: 6 });
    expect(held.result.manifest).toMatchObject({
      kind: 'rehearsal',
      suite: 2,
      threshold: 2,
      officers: ['officer-1', 'officer-2', 'officer-3'],
    });
    expect(held.result.manifest.publicKey).not.toBe(custody.board?.publicKey);
    expect(held.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(held.checks.map(({ name }) => name)).toEqual([
      ...['format', 'files', 'ceremony', 'ceremony', 'box', 'receipt'],
      ...['mix', 'mix', 'decryption', 'decryption', 'combination'],
      ...held.checks.slice(11).map(({ name }) => name),
    ]);
    expect(held.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['recount', 'signature']));
    expect(held.boardFiles.map(({ name }) => name.replace(/-[0-9a-f]+/, ''))).toHaveLength(6);
    expect(held.ballotsCsv.trim().split('\n')).toHaveLength(7);
  });

  it('counts the ballots it was given, also before there is a ceremony, by three officers who are made up', async () => {
    const held = must(
      await holdRehearsal({
        election: makeElection(0, { custody: { file: 'keys/2026.json', board: null }, seats: 1 }),
        officer,
        rankings: [
          { grace: 1, ada: 2, barbara: 3, katherine: 3, mary: 3 },
          { grace: 1, ada: 2 },
          { ada: 1, grace: 2 },
        ],
      }),
    );
    expect(held.result.outcome.seats.elected).toEqual(['grace']);
    expect(held.result.manifest).toMatchObject({
      threshold: 2,
      officers: ['officer', 'made-up-officer-1', 'made-up-officer-2'],
    });
  });
});

describe('a rehearsal of an election that is running', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld('sqlite');
  });
  afterAll(() => world.end());

  /** Every file below the data directory: the database with its journal, and the secrets. */
  const everything = () =>
    Object.fromEntries(
      readdirSync(world.dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const path = join(entry.parentPath, entry.name);
          return [path, readFileSync(path, 'base64')];
        }),
    );

  it('leaves database and secrets byte for byte as they were', async () => {
    const { election, people, officer: person } = await openElection(world, 4);
    for (const voter of people.slice(1)) await castFor(world, election, voter, { ada: 1 });
    // What was noted outside of the database is put together within a second: one line an item.
    await vi.waitFor(
      () => {
        const lines = Object.entries(everything()).flatMap(([path, text]) =>
          path.includes('/witness/') ? Buffer.from(text, 'base64').toString().trim().split('\n') : [],
        );
        const notes = lines.map(
          (line) => JSON.parse(line.slice(0, line.lastIndexOf(' '))) as { item: string; version: number },
        );
        expect(new Set(notes.map(({ item }) => item)).size).toBe(notes.length);
        // The opening and three ballots.
        expect(notes.find(({ item }) => item === 'shard 0')?.version).toBe(4);
      },
      { timeout: 10_000 },
    );
    const before = everything();
    expect(Object.keys(before).length).toBeGreaterThan(4);
    must(await holdRehearsal({ election, officer: person, rankings: rankings(20) }));
    expect(everything()).toEqual(before);
    expect(must(await world.box.paper(election, people[0]!)).voted).toBe(false);
  });
});
