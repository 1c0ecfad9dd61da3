/** What voters sign as their ballots leave the box, against somebody who writes the rows in which it is kept. */
import { readFile } from '@elekto/custody';
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { hashRecord, recordLength } from '@elekto/protocol/ballot';
import type { Receipt } from '@elekto/protocol/ballot';
import { hashManifest } from '@elekto/protocol/manifest';
import { afterEach, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import { copyRows, putBack } from './rows.ts';
import type { Row } from './rows.ts';
import { castFor, DIALECTS, kindOf, look, must, openElection, seal, startWorld } from './support.ts';
import type { World } from './support.ts';

let world: World;
afterEach(() => world.end());

/** A voter votes, votes again, and takes it back; the receipts of both. */
async function voteTwiceAndWithdraw(election: Election, person: Person): Promise<[Receipt, Receipt]> {
  const first = (await castFor(world, election, person, { ada: 1 }, 'words')) as Receipt;
  const seen = await look(world, election, person, 'words');
  const { cast } = await seal(world, election, person, { mary: 1 }, 'words');
  const change = { authKey: seen.claim.authKey, old: seen.claim, cast, ...(await seen.letGo(cast)) };
  const second = must(await world.box.replace(election, person, change)).receipt as Receipt;
  const again = await look(world, election, person, 'words');
  must(await world.box.withdraw(election, person, { ...again.claim, ...(await again.letGo()) }));
  return [first, second];
}

const write = (rows: readonly Row[]): Promise<void> =>
  world.db.transaction(async (em) => {
    await tables(em).deleteFrom('released_record').execute();
    for (const row of rows)
      await tables(em)
        .insertInto('released_record')
        .values(row as never)
        .execute();
  });

describe.each(DIALECTS)('what voters signed as their ballots left, on %s', (dialect) => {
  it('is complete and as it was written, or the box is not handed out and nobody is told that nobody signed', async () => {
    world = await startWorld(dialect, { suite: 2 });
    const { election, people } = await openElection(world, 4);
    const [leaves, stays] = people as [Person, Person];
    const kept = (await castFor(world, election, stays, { mary: 1 })) as Receipt;
    const one = await voteTwiceAndWithdraw(election, leaves);
    const early = (await copyRows(world.db)).released_record;
    await castFor(world, election, leaves, { grace: 1 }, 'words');
    const seen = await look(world, election, leaves, 'words');
    must(await world.box.withdraw(election, leaves, { ...seen.claim, ...(await seen.letGo()) }));
    const rows = (await copyRows(world.db)).released_record;
    expect([early.length, rows.length]).toEqual([2, 3]);

    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    const [a, b, c] = rows as [Row, Row, Row];
    const flipped = Buffer.from(a['sealed'] as Uint8Array);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    const attacks: readonly (readonly [string, readonly Row[]])[] = [
      ['none is left', []],
      ['one is missing', [b, c]],
      ['they are those of before', early],
      ['one is altered', [{ ...a, sealed: flipped }, b, c]],
      ['two have changed places', [{ ...a, id: b['id'] }, { ...b, id: a['id'] }, c]],
      ['one is there twice', [a, b, c, { ...a, id: 'x'.repeat(43) }]],
    ];
    const receipts = [...one, kept];
    const shown = () => Promise.all(receipts.map((receipt) => world.box.shownRelease(election, receipt)));
    const told = async () => (await shown()).map(kindOf);
    const signed = (await shown()).map((each) => must(each));
    expect(signed).toEqual([expect.objectContaining({}), expect.objectContaining({}), null]);
    /** What is there is shown as its voter signed it; of the others nothing is said. */
    const expectNoLie = async (what: string, rows: readonly Row[]): Promise<void> => {
      const answers = await shown();
      for (const [index, answer] of answers.entries())
        if (answer.ok) expect([what, answer.value]).toEqual([what, signed[index]]);
        else expect(answer.error.kind, what).toBe('ballot-box-damaged');
      expect(kindOf(answers.at(-1) as (typeof answers)[number]), what).toBe('ballot-box-damaged');
      const intact = receipts.filter((_, index) => answers[index]?.ok);
      const own = rows.filter((row) => [a, b, c].includes(row));
      expect(intact.length, what).toBeGreaterThanOrEqual(own.length - 1);
    };
    for (const [what, changed] of attacks) {
      await write(changed);
      await expectNoLie(what, changed);
      expect(await world.box.boxFile(election), what).toMatchObject({
        error: {
          kind: 'ballot-box-damaged',
          why: expect.stringContaining('what voters signed') as string,
        },
      });
    }
    await write(rows);
    expect(await told()).toEqual(receipts.map(() => 'accepted'));
    must(await world.box.boxFile(election));

    // The officers have counted, and the box is emptied: what is known of it stays.
    await world.db.transaction((em) => tables(em).deleteFrom('ballot_box').execute());
    expect(await told()).toEqual(receipts.map(() => 'accepted'));
    expect(must(await world.box.shownRelease(election, kept))).toBeNull();
    for (const [what, changed] of attacks) {
      await write(changed);
      await expectNoLie(what, changed);
    }
  });

  it('keeps no ballot from being counted where it is not complete: the operator lays out what there is', async () => {
    world = await startWorld(dialect, { suite: 2 });
    const { election, people } = await openElection(world, 4);
    const [leaves, stays] = people as [Person, Person];
    const kept = (await castFor(world, election, stays, { mary: 1 })) as Receipt;
    const [first, second] = await voteTwiceAndWithdraw(election, leaves);
    const { released_record: rows } = await copyRows(world.db);
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    await write(rows.slice(1));
    expect(await world.box.finalise(election)).toMatchObject({
      error: { why: expect.stringContaining('what voters signed') as string },
    });
    expect(must(await world.box.countAsIs(election, 'operator'))).toMatchObject({
      ...{ ballots: 1, lostShards: 0, setAside: 0, byOfficers: true },
    });
    expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
    const laid = must(await world.box.boardFile(election.key, '00-box.bin')) as Uint8Array;
    const { manifest } = must(await world.box.paper(election, stays));
    const length = recordLength(manifest);
    const record = readFile(laid)?.body.subarray(-length) ?? new Uint8Array();
    expect(hashRecord(hashManifest(manifest), record)).toBe(kept.recordHash);
    // One of two is left, and shown; of the others nothing is said, before the count and once the box is emptied.
    const told = async () => {
      const answers = await Promise.all(
        [first, second, kept].map((receipt) => world.box.shownRelease(election, receipt)),
      );
      return answers.map((answer) => (answer.ok ? answer.value !== null : answer.error.kind)).toSorted();
    };
    const expected = ['ballot-box-damaged', 'ballot-box-damaged', true].toSorted();
    expect(await told()).toEqual(expected);
    await world.db.transaction((em) => tables(em).deleteFrom('ballot_box').execute());
    expect(await told()).toEqual(expected);
  });

  it('does not come back with an older box', async () => {
    world = await startWorld(dialect, { suite: 2 });
    const { election, people } = await openElection(world, 2);
    const [person] = people as [Person];
    await castFor(world, election, person, { ada: 1 }, 'words');
    const before = await copyRows(world.db);
    const seen = await look(world, election, person, 'words');
    must(await world.box.withdraw(election, person, { ...seen.claim, ...(await seen.letGo()) }));
    await putBack(world.db, before, ['participation', 'ballot_box', 'released_record']);
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    expect(kindOf(await world.box.boxFile(election))).toBe('ballot-box-damaged');
  });
});
