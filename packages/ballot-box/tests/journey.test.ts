import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import type { Receipt } from '@elekto/protocol/ballot';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { sealBallot } from '@elekto/protocol/voter';
import {
  at,
  CLOSES,
  OPENS,
  SUITES,
  TEST_KDF,
  castFor,
  custodyOf,
  kindOf,
  look,
  makeElection,
  must,
  newPerson,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

describe.each(SUITES)('a ballot of suite $suite on $dialect', ({ dialect, suite }) => {
  let world: World;
  let people: Person[];
  let election: Election;
  let officer: Person;

  beforeAll(async () => {
    world = await startWorld(dialect, { suite });
    election = makeElection(6, { receipts: 'after_close', ...(await custodyOf(world)) });
    people = [];
    for (let i = 0; i < 6; i += 1) people.push(await newPerson(world, `Voter-${i}`));
    officer = await newPerson(world, '@Officer');
  });
  afterAll(() => world.end());
  const voter = (i: number): Person => people[i] as Person;
  /** Receipts of ballots that are no more when it is counted. */
  const gone: string[] = [];
  const lapses = ({ receipt }: { readonly receipt: Receipt | null }): void =>
    void gone.push(receipt?.recordHash ?? '');

  it('has no paper before the opening', async () => {
    expect(kindOf(await world.box.paper(election, voter(0)))).toBe('not-open-yet');
    world.clock.now = OPENS - 1;
    expect(kindOf(await world.box.ensureOpened(election, at('c0')))).toBe('not-open-yet');
    world.clock.now = OPENS;
    expect(must(await world.box.ensureOpened(election, at('c0')))).toBe('open');
    expect(must(await world.box.ensureOpened(election, at('c0')))).toBe('open');
    expect(await world.box.state(election.key)).toBe('open');
  });

  it('is cast once and answered with the same receipt when it is sent again', async () => {
    const { cast } = await seal(world, election, voter(0), { ada: 1, grace: 2 }, 'six words');
    const first = must(await world.box.cast(election, voter(0), cast));
    expect(first.receipt).toMatchObject({ version: 1, election: election.key });
    lapses(first);
    expect(must(await world.box.cast(election, voter(0), cast))).toEqual(first);
    const other = await seal(world, election, voter(0), { mary: 1 });
    expect(kindOf(await world.box.cast(election, voter(0), other.cast))).toBe('already-voted');
    expect(await world.box.allVotedKeys(voter(0))).toEqual([election.key]);
  });

  it('is read by its voter alone', async () => {
    const seen = await look(world, election, voter(0), 'Six  Words');
    expect(await seen.read()).toEqual({ ada: 1, grace: 2 });
    expect(kindOf(await world.box.unlock(election, voter(0), 'A'.repeat(43)))).toBe('wrong-passphrase');
    expect(kindOf(await world.box.fetchRecord(election, voter(1), seen.claim))).toBe('not-voted');
  });

  it('cannot be copied by another voter', async () => {
    const { cast } = await seal(world, election, voter(0), { ada: 1 });
    expect(kindOf(await world.box.cast(election, voter(1), cast))).toBe('malformed-ballot');
  });

  it('is replaced in one step', async () => {
    const before = await look(world, election, voter(0), 'six words');
    const next = await sealBallot({
      paper: before.paper,
      ranking: { mary: 1 },
      passphrase: 'other words',
      kdfs: [TEST_KDF],
    });
    const released = await before.letGo(next.cast);
    const change = { authKey: before.claim.authKey, old: before.claim, cast: next.cast, ...released };
    const { receipt } = must(await world.box.replace(election, voter(0), change));
    expect(must(await world.box.replace(election, voter(0), change)).receipt).toEqual(receipt);
    lapses({ receipt });
    const after = await look(world, election, voter(0), 'other words');
    expect(await after.read()).toEqual({ mary: 1 });
    await expect(look(world, election, voter(0), 'six words')).rejects.toThrow('wrong-passphrase');
  });

  it('is withdrawn and cast anew', async () => {
    const before = await look(world, election, voter(0), 'other words');
    must(await world.box.withdraw(election, voter(0), { ...before.claim, ...(await before.letGo()) }));
    expect(must(await world.box.participation(election, voter(0)))).toEqual({ voted: false, unlock: null });
    await castFor(world, election, voter(0), { ada: 1, barbara: 2 }, 'third words');
  });

  it('is counted after the end, found by its tracker, and its keys are gone', async () => {
    for (let i = 1; i < 5; i += 1)
      await castFor(world, election, voter(i), { ada: 1, barbara: 2, mary: 3, grace: 4, katherine: 5 });
    must(await world.box.checkpoint(election));
    expect(kindOf(await world.box.close(election))).toBe('not-ended-yet');
    world.clock.now = CLOSES;
    const late = await seal(world, election, voter(5), { ada: 1 });
    expect(kindOf(await world.box.close(election))).toBe('not-ended-yet');
    world.clock.now = CLOSES + 1;
    expect(kindOf(await world.box.cast(election, voter(5), late.cast))).toBe('already-closed');
    expect(kindOf(await world.box.outcome(election, officer))).toBe('not-ended-yet');
    must(await world.box.close(election));
    expect(kindOf(await world.box.outcome(election, officer))).toBe('not-closed-yet');
    if (suite === 2) {
      expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
      expect(kindOf(await world.box.countAsIs(election, 'operator'))).toBe('waits-for-officers');
      expect(await world.box.state(election.key)).toBe('closed');
      return;
    }
    must(await world.box.finalise(election));
    expect(kindOf(await world.box.outcome(election, voter(0)))).toBe('not-officer');
    const outcome = must(await world.box.outcome(election, officer));
    expect(outcome).toMatchObject({ state: 'finalised', cast: 5, eligible: 6 });
    expect(outcome.outcome.seats.elected[0]).toBe('ada');
    const csv = must(await world.box.ballotsCsv(election, officer));
    expect(csv.split('\n')[0]).toBe('ada,barbara,grace,katherine,mary');
    const seen = await look(world, election, voter(0), 'third words');
    const proof = must(await world.box.inclusionProof(election, seen.seed.tracker ?? ''));
    expect(proof?.ranks).toEqual([1, 2, 0, 0, 0]);
    await expect(seen.read()).rejects.toThrow('already-closed');
    must(await world.box.markPublished(election, officer));
    expect(await world.box.recordProblem()).toBeNull();
    const actions = must(await world.box.audit(election, officer)).map((event) => event.action);
    expect(actions).toEqual(['opened', 'closed', 'counted', 'published']);
  });

  it.runIf(suite === 1)(
    'leaves nothing in the published files of those that its voter replaced or withdrew',
    async () => {
      const json = must(await world.box.resultsJson(election, officer));
      const { cast, records, trackers = [] } = JSON.parse(json) as ResultsFile2;
      expect([cast, records.length, trackers.length]).toEqual([5, 5, 5]);
      expect(
        must(await world.box.ballotsCsv(election, officer))
          .trim()
          .split('\n'),
      ).toHaveLength(6);
      // Each of them had a receipt of its own.
      expect(new Set(gone).size).toBe(2);
      for (const record of gone) expect(json).not.toContain(record);
    },
  );
});
