/** The board of a count by officers: what is kept on it, of whom, and what a writer of the database gains. */
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BoardSource, Posted } from '@elekto/ballot-box';
import type { Board } from '@elekto/custody';
import { boardFrom, decryptionOf, mixOf, nameOf, onBranch, sourceWith } from './count.ts';
import { castFor, DIALECTS, kindOf, must, openElection, startWorld } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('a board on %s', (dialect) => {
  let world: World;
  let election: Election;
  let pinned: OfficersManifest;
  let source: BoardSource;

  beforeEach(async () => {
    world = await startWorld(dialect, { suite: 2 });
    const opened = await openElection(world, 4);
    ({ election } = opened);
    const [first, second] = opened.people;
    if (first === undefined || second === undefined) throw new Error('people');
    pinned = must(await world.box.paper(election, first)).manifest as OfficersManifest;
    await castFor(world, election, first, { ada: 1, mary: 2 });
    await castFor(world, election, second, { grace: 1 });
    source = await sourceWith([]);
  });
  afterEach(() => world.end());

  const post = async (bytes: Uint8Array): Promise<string> => {
    const posted = await world.box.postFile(election.key, bytes, source);
    if (!posted.ok) return posted.error.kind;
    return said(posted.value);
  };
  const said = (posted: Posted): string => ('kept' in posted ? posted.kept : posted.refused.message);
  const rebuilt = (): Promise<Board> => boardFrom(world.box, election, pinned);
  const standing = async () => must(await world.box.boardStanding(election.key, source));

  /** Closed, laid out, on the branch, inspected. */
  async function inspected(): Promise<Board> {
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
    const board = await rebuilt();
    source = await sourceWith([onBranch(board)], 0);
    return board;
  }

  it('takes the files of officers one after another, each once, and gives them back as they are', async () => {
    const before = await world.box.boardFiles(election.key);
    expect(kindOf(before)).toBe('not-closed-yet');
    const board = await inspected();
    expect(await standing()).toMatchObject({ phase: 'mixing', onBranch: true, mixers: [], threshold: 2 });
    const first = await mixOf(board, 3);
    expect([await post(first), await post(first)]).toEqual(['kept', 'known']);
    expect(await post(await mixOf(board, 1)), 'another first mix').toContain(
      'number 1 of the board, and 2 is due',
    );
    const one = await rebuilt();
    expect(await post(await mixOf(board, 3))).toContain('Mix 2, officer-3:');
    const second = await mixOf(one, 1);
    expect(await post(second)).toBe('kept');
    expect(await standing()).toMatchObject({ phase: 'decrypting', mixers: [3, 1], decrypted: [] });
    const two = await rebuilt();
    const decryption = await decryptionOf(two, 2);
    expect(await post(decryption)).toBe('kept');
    expect(must(await world.box.boardFiles(election.key)).map(({ name }) => name)).toEqual([
      '00-box.bin',
      ...[first, second, decryption].map(nameOf),
    ]);
    expect((await rebuilt()).decryptions.has(2)).toBe(true);
    expect(await standing()).toMatchObject({ decrypted: [2] });
    const broken = Uint8Array.from(await decryptionOf(two, 1));
    broken[broken.length - 70] = (broken[broken.length - 70] ?? 0) ^ 1;
    expect(await post(broken)).toMatch(/^Decryption, whoever shows it: .*not signed by them\.$/);
    expect(await post(Uint8Array.of(1, 2, 3))).toContain('it is no file that an officer adds to the board');
    expect(await post(must(await world.box.boardFile(election.key, '00-box.bin')) as Uint8Array)).toContain(
      'no file that an officer adds',
    );
  });

  it('has nothing mixed before its box stands alone on the branch and was open to inspection', async () => {
    const board = await inspected();
    const mix = await mixOf(board, 1);
    const box = onBranch(board);
    source = await sourceWith([]);
    expect(await standing()).toMatchObject({ phase: 'inspection', onBranch: false, inspectedUntil: null });
    expect(await post(mix)).toContain('does not stand on the protected branch');
    const other = { ...box, hash: 'f'.repeat(64) };
    source = await sourceWith([box, other], 0);
    expect(await post(mix)).toContain('another box of this election stands on the branch');
    expect(await standing()).toMatchObject({ phase: 'inspection', otherBoxes: [other.hash] });
    source = await sourceWith([box, { ...other, manifestHash: '0'.repeat(64) }], 3_600_000);
    const since = world.clock.now;
    expect(await standing()).toMatchObject({ phase: 'inspection', inspectedUntil: since + 3_600_000 });
    world.clock.now += 3_599_999;
    expect(await post(mix)).toContain('still open to inspection');
    world.clock.now += 1;
    expect(await standing()).toMatchObject({ phase: 'mixing', inspectedUntil: since + 3_600_000 });
    expect(await post(mix)).toBe('kept');
    source = { ...source, custody: { boards: new Map() } };
    expect(await post(await mixOf(await rebuilt(), 2))).toBe('board-key-missing');
  });

  it('gives nothing to who writes the database: what is there of somebody else makes room', async () => {
    const board = await inspected();
    const mix = await mixOf(board, 1);
    const theirs = await mixOf(board, 2);
    expect(await post(mix)).toBe('kept');
    const change = (values: object) =>
      world.db.transaction((em) =>
        tables(em).updateTable('board_file').set(values).where('name', '=', nameOf(mix)).execute(),
      );
    for (const values of [
      { file: Buffer.from(theirs) },
      { about: '{}' },
      { mac: 'A'.repeat(43) },
      { about: '{"officer":2}', mac: '', file: Buffer.of() },
    ]) {
      await change(values);
      const listed = must(await world.box.boardFiles(election.key));
      const served = await Promise.all(listed.map(({ name }) => world.box.boardFile(election.key, name)));
      expect(served.map(must).filter((bytes) => bytes !== null && bytes.length > 0)).toHaveLength(1);
      expect(await post(mix)).toBe('kept');
      expect(must(await world.box.boardFile(election.key, nameOf(mix)))).toEqual(Buffer.from(mix));
    }
    // The box itself comes out of the rows of the ballots again, the same to the byte.
    await world.db.transaction((em) =>
      tables(em).updateTable('board_file').set({ mac: '' }).where('name', '=', '00-box.bin').execute(),
    );
    expect(must(await world.box.boardFiles(election.key))).toEqual([]);
    expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
    expect(onBranch(await rebuilt())).toEqual(onBranch(board));
  });

  it('is none where the server keeps the key', async () => {
    await world.end();
    world = await startWorld(dialect);
    ({ election } = await openElection(world, 2));
    expect(kindOf(await world.box.boardFiles(election.key))).toBe('no-board');
    expect(kindOf(await world.box.postFile(election.key, Uint8Array.of(), source))).toBe('accepted');
    expect(kindOf(await world.box.boardStanding(election.key, source))).toBe('no-board');
  });
});
