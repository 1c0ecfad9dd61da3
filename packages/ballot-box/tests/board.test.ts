/** The board of a count by officers: what is kept on it, of whom, and what a writer of the database gains. */
import { checkVoid, readManifest, writeTie, writeVoid } from '@elekto/custody';
import type { Board, OfficerKey } from '@elekto/custody';
import { must as accepted } from '@elekto/custody/testing';
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { Receipt } from '@elekto/protocol/ballot';
import { verifyCount } from '@elekto/protocol/board';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import type { Check, ResultsFile3 } from '@elekto/protocol/result';
import { canonicalJson } from '@elekto/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBallotBox } from '@elekto/ballot-box';
import type { BoardSource, Person, Posted } from '@elekto/ballot-box';
import { hashBytes, keepFile } from '../src/board/kept-files.ts';
import { boardFrom, decryptionOf, mixOf, nameOf, onBranch, sourceWith } from './count.ts';
import { madeOfficers, sayAllReady } from './officers.ts';
import {
  at,
  castFor,
  custodyOf,
  DIALECTS,
  kindOf,
  makeElection,
  must,
  newPerson,
  openElection,
  startWorld,
  TEST_KDF,
} from './support.ts';
import type { World } from './support.ts';

/** Another server of the same database and keys, which stops before its transaction of this number. */
function slowBox({ db, keys, clock }: World, number: number) {
  const reached = Promise.withResolvers<null>();
  const held = Promise.withResolvers<null>();
  let begun = 0;
  const slow = new Proxy(db, {
    get: (target, name) => {
      const found = Reflect.get(target, name, target) as unknown;
      if (name !== 'transaction') return typeof found === 'function' ? found.bind(target) : found;
      return async (...given: Parameters<typeof db.transaction>) => {
        begun += 1;
        if (begun === number) {
          reached.resolve(null);
          await held.promise;
        }
        return target.transaction(...given);
      };
    },
  });
  const box = createBallotBox({ db: slow, keys, kdf: TEST_KDF, now: () => Promise.resolve(clock.now) });
  return { box, reached: reached.promise, goOn: () => held.resolve(null) };
}

describe.each(DIALECTS)('a board on %s', (dialect) => {
  let world: World;
  let election: Election;
  let pinned: OfficersManifest;
  let source: BoardSource;
  let receipt: Receipt;
  let people: Person[];

  beforeEach(async () => {
    world = await startWorld(dialect, { suite: 2 });
    const opened = await openElection(world, 4, { seats: 1 });
    ({ election } = opened);
    ({ people } = opened);
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('people');
    pinned = must(await world.box.paper(election, first)).manifest as OfficersManifest;
    receipt = (await castFor(world, election, first, { ada: 1, mary: 2 })) as Receipt;
    await castFor(world, election, second, { grace: 1, mary: 2 });
    source = await sourceWith([]);
  });
  afterEach(() => world.end());

  const post = async (bytes: Uint8Array): Promise<string> => {
    const posted = await world.box.postFile(election.key, bytes, source);
    if (!posted.ok) return posted.error.kind;
    return said(posted.value);
  };
  const said = (posted: Posted): string => ('kept' in posted ? posted.kept : posted.refused.message);
  const rowOf = () =>
    world.db.read((em) =>
      tables(em)
        .selectFrom('election')
        .select('id')
        .where('key', '=', election.key)
        .executeTakeFirstOrThrow(),
    );
  const rebuilt = (): Promise<Board> => boardFrom(world.box, election, pinned);
  const standing = async () => must(await world.box.boardStanding(election.key, source));

  const voidBy = async (position: number, reason: string): Promise<Uint8Array<ArrayBuffer>> => {
    const manifest = accepted(readManifest(canonicalJson(pinned)));
    const { signSecret } = (await madeOfficers()).keys[position - 1] as OfficerKey;
    return writeVoid(manifest, position, reason, signSecret);
  };

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
    expect(await post(await mixOf(board, 3))).toContain(
      'Mix 2, whoever shows it: officer-3 signed it as number 1',
    );
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

  it('counts once, to what anybody verifies from the files, and a tie takes the same words of a quorum', async () => {
    const officer = await newPerson(world, 'officer');
    await inspected();
    for (const position of [3, 1]) expect(await post(await mixOf(await rebuilt(), position))).toBe('kept');
    const board = await rebuilt();
    expect(await post(await decryptionOf(board, 2))).toBe('kept');
    expect(kindOf(await world.box.finalise(election, source))).toBe('waits-for-officers');
    const last = await decryptionOf(board, 3);
    const both = await Promise.all([
      post(last),
      post(last),
      world.box.finalise(election, source).then(kindOf),
    ]);
    expect(both.slice(0, 2).toSorted()).toEqual(['kept', 'known']);
    expect(await standing()).toMatchObject({ phase: 'counted', decrypted: [2, 3] });
    expect(await world.keys.election((await rowOf()).id)).toBeNull();
    expect(await post(last)).toBe('known');
    expect(await post(await decryptionOf(board, 1))).toBe('board-counted');

    const results = async () =>
      JSON.parse(must(await world.box.resultsJson(election, officer))) as ResultsFile3;
    const counted = await results();
    expect(counted).toMatchObject({ format: 'elekto-results/3', cast: 2, invalid: 0, eligible: 4 });
    expect(counted.outcome.seats).toMatchObject({ elected: [], openTies: [{ seats: 1 }] });
    const said = { winners: ['grace'], how: 'drawn by lot', at: world.clock.now };
    const secretOf = async (position: number) =>
      ((await madeOfficers()).keys[position - 1] as OfficerKey).signSecret;
    const sign = async (position: number, words: object, number = 1) =>
      post(writeTie(board, number, position, words, await secretOf(position)));
    expect(kindOf(await world.box.recordTieDecision(election, officer, said))).toBe('decision-unsigned');
    expect(await sign(1, { ...said, winners: ['mary'] })).toBe('no-tie');
    expect(await sign(1, { ...said, more: 1 })).toBe('winners-impossible');
    expect(await sign(1, said, 2)).toBe('no-tie');
    expect(await sign(1, said)).toBe('kept');
    expect(await sign(2, { ...said, how: 'by age' })).toBe('kept');
    expect((await results()).tieDecisions).toEqual([]);
    // Whoever says something else while it is decided takes no file from under the result.
    const otherwise = writeTie(board, 1, 1, { ...said, how: 'by age' }, await secretOf(1));
    const quorum = slowBox(world, 2);
    const second = quorum.box.postFile(election.key, writeTie(board, 1, 2, said, await secretOf(2)), source);
    await quorum.reached;
    expect(await post(otherwise)).toBe('kept');
    quorum.goOn();
    expect(kindOf(await second)).toBe('accepted');
    expect((await results()).tieDecisions).toEqual([]);
    expect([await sign(2, { ...said, how: 'nothing' }), await sign(1, said)]).toEqual(['kept', 'kept']);
    const late = slowBox(world, 1);
    const third = late.box.postFile(election.key, otherwise, source);
    await late.reached;
    expect(await sign(2, said)).toBe('kept');
    late.goOn();
    expect(kindOf(await third)).toBe('no-tie');
    const decided = await results();
    expect(decided.tieDecisions).toEqual([{ ...said, by: 'officer-1, officer-2' }]);
    expect(decided.outcome.seats.elected).toEqual(['grace']);
    expect(await sign(3, said)).toBe('no-tie');

    const files = new Map<string, Uint8Array>();
    for (const { name } of decided.board)
      files.set(name, must(await world.box.boardFile(election.key, name)) as Uint8Array);
    const steps = verifyCount({
      resultsJson: must(await world.box.resultsJson(election, officer)),
      ballotsCsv: must(await world.box.ballotsCsv(election, officer)),
      board: files,
      transcript: (await madeOfficers()).transcript,
      boxesOnBranch: source.boxes.map(({ hash }) => hash),
      receipt: JSON.stringify(receipt),
    });
    const checks: Check[] = [];
    for await (const check of steps) checks.push(check);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['receipt', 'branch', 'mix', 'combination', 'ties', 'signature']),
    );
    const actions = must(await world.box.audit(election, officer)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'counted')).toHaveLength(1);
    expect(await world.box.recordProblem()).toBeNull();
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

  it('of nobody’s votes is counted without a mix, once its box was open to inspection', async () => {
    const empty = makeElection(3, { key: 'empty---2026', ...(await custodyOf(world)) });
    await sayAllReady(world.box, empty.key);
    must(await world.box.ensureOpened(empty, at('c9')));
    pinned = must(await world.box.paper(empty, await newPerson(world, 'voter-0')))
      .manifest as OfficersManifest;
    election = empty;
    await inspected();
    source = { ...source, inspection: 1000 };
    expect(kindOf(await world.box.finalise(empty, source))).toBe('waits-for-officers');
    world.clock.now += 1000;
    expect(kindOf(await world.box.finalise(empty, source))).toBe('accepted');
    const officer = await newPerson(world, 'officer');
    expect(must(await world.box.outcome(empty, officer))).toMatchObject({ cast: 0, state: 'finalised' });
  });

  it('that the repository does not have, or has twice, is a trouble, and late before an officer proposes it', async () => {
    const board = await inspected();
    const box = onBranch(board);
    const finalise = async (boxes: BoardSource['boxes']) =>
      kindOf(await world.box.finalise(election, await sourceWith(boxes)));
    expect(await finalise([])).toBe('waits-for-officers');
    world.clock.now += 86_400_001;
    expect(await finalise([])).toBe('box-not-on-branch');
    expect(await finalise([box])).toBe('waits-for-officers');
    expect(await finalise([box, { ...box, hash: 'f'.repeat(64) }])).toBe('two-boxes');
    expect(await finalise([]), 'edited away').toBe('box-not-on-branch');
    source = { ...(await sourceWith([box])), custody: { boards: new Map() } };
    expect(kindOf(await world.box.finalise(election, source))).toBe('board-key-missing');
  });

  it('is laid out with every ballot that is there when the box does not add up, on an operator’s word', async () => {
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    await world.db.transaction((em) => tables(em).deleteFrom('participation').execute());
    expect(kindOf(await world.box.finalise(election))).toBe('ballot-box-damaged');
    const told = { ballots: 2, lostShards: 0, setAside: 0, byOfficers: true };
    expect(must(await world.box.countAsIs(election, null))).toMatchObject(told);
    expect(must(await world.box.boardFiles(election.key))).toEqual([]);
    expect(must(await world.box.countAsIs(election, 'operator'))).toMatchObject(told);
    expect((await rebuilt()).box.recordHashes.has(receipt.recordHash)).toBe(true);
    expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
    const officer = await newPerson(world, 'officer');
    const events = must(await world.box.audit(election, officer));
    expect(events.find(({ action }) => action === 'box-laid-out-as-is')).toMatchObject({
      actor: 'operator',
      detail: expect.stringContaining('ballots: 2; lost: 0; aside: 0; 0 people took part') as string,
    });
  });

  it('is left for another run only when a quorum says, word for word, that this one is void', async () => {
    const officer = await newPerson(world, 'officer');
    const restart = async () => kindOf(await world.box.askRestart(election, officer, at('c9'), source));
    const manifest = accepted(readManifest(canonicalJson(pinned)));
    const say = async (position: number, reason: string) => post(await voidBy(position, reason));
    expect(await restart()).toBe('decision-unsigned');
    expect(kindOf(await world.box.askRestart(election, officer, at('c9')))).toBe('board-key-missing');
    expect([await say(1, 'a wrong candidate'), await say(3, 'another reason')]).toEqual(['kept', 'kept']);
    expect(await restart()).toBe('decision-unsigned');
    expect(await say(3, 'a wrong candidate')).toBe('kept');
    expect(await restart()).toBe('accepted');
    const [person] = people;
    const { manifestHash } = must(await world.box.paper(election, person as Person));
    expect(manifestHash).not.toBe(manifest.rules.manifestHash);
    expect(await say(2, 'a wrong candidate')).toContain('another run of this one');

    // Officers of the next run see what voided this one, and a purge leaves nothing of either.
    world.clock.now = election.closesAt + 1;
    must(await world.box.close(election));
    expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
    const names = must(await world.box.boardFiles(election.key)).map(({ name }) => name);
    expect(names).toEqual(['run1-00-void-01.bin', 'run1-00-void-03.bin', '00-box.bin']);
    const { key } = await madeOfficers();
    const voids = [];
    for (const name of names.slice(0, 2))
      voids.push(must(await world.box.boardFile(election.key, name)) as Uint8Array);
    expect(checkVoid(manifest, key, voids, false)).toMatchObject({
      value: { reason: 'a wrong candidate' },
    });
    must(await world.box.purge(election.key, 'operator'));
    const left = await world.db.read((em) => tables(em).selectFrom('board_file').select('name').execute());
    expect(left).toEqual([]);
  });

  it('is not voided by files that somebody made up, with the keys of the server or without', async () => {
    const officer = await newPerson(world, 'officer');
    const restart = async () => kindOf(await world.box.askRestart(election, officer, at('c9'), source));
    const board = readManifest(canonicalJson(pinned));
    const { manifestHash } = accepted(board).rules;
    /** As the server writes it, of whatever is in the bytes. */
    const plant = async (bytes: Uint8Array, position: number) =>
      keepFile(
        world,
        manifestHash,
        {
          ...{ name: `00-void-0${position}.bin`, officer: position, previous: '0'.repeat(64) },
          ...{ hash: hashBytes(bytes), bytes: bytes.length },
        },
        bytes,
        () => Promise.resolve(true),
      );
    const genuine = await voidBy(1, 'a wrong candidate');
    const forged = await voidBy(3, 'a wrong candidate');
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;

    // Without keys the row is nobody's word.
    expect(await post(genuine)).toBe('kept');
    await plant(await voidBy(3, 'a wrong candidate'), 3);
    await world.db.transaction((em) =>
      tables(em).updateTable('board_file').set({ mac: '' }).where('name', '=', '00-void-03.bin').execute(),
    );
    expect(await restart()).toBe('decision-unsigned');

    // With them: a signature that is not theirs, another officer's own file, and what is no file at all.
    for (const bytes of [forged, genuine, Uint8Array.of(1, 2, 3)]) {
      await plant(bytes, 3);
      expect(await restart()).toBe('void-made-up');
      expect((await standing()).voided).toEqual([{ officer: 1, reason: 'a wrong candidate' }]);
    }
    expect(must(await world.box.paper(election, people[0] as Person)).manifestHash).toBe(manifestHash);

    // The officer's own word takes its place.
    expect(await post(await voidBy(3, 'a wrong candidate'))).toBe('kept');
    expect(await restart()).toBe('accepted');
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
