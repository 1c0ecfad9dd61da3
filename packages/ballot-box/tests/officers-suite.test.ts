/** Ballots that only officers can open: what differs from ballots of the server's own. */
import { hashRecord, judgeReceipt } from '@elekto/custody/ballot';
import { proveHolding } from '@elekto/custody/ceremony';
import { must as accepted, sealWithSeed } from '@elekto/custody/testing';
import { insertUnlessThere, tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { officersRules } from '@elekto/protocol/ballot';
import type { BallotPaper, OfficersCast, Receipt, ShownRelease } from '@elekto/protocol/ballot';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { openRecord, sealBallot } from '@elekto/protocol/voter';
import { fromBase64Url, toBase64Url } from '@elekto/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import { madeOfficers } from './officers.ts';
import {
  at,
  castFor,
  kindOf,
  look,
  makeElection,
  must,
  newPerson,
  openElection,
  seal,
  startWorld,
  TEST_KDF,
} from './support.ts';
import type { World } from './support.ts';

let world: World;
let election: Election;
let people: Person[];
let paper: BallotPaper;
const voter = (i = 0): Person => people[i] as Person;
const recordOf = (cast: OfficersCast): Uint8Array =>
  fromBase64Url(cast.record, Math.floor((cast.record.length * 3) / 4)) as Uint8Array;
const rules = () => officersRules(paper.manifest as OfficersManifest, paper.manifestHash);
const castOf = async (person: Person, ranking: Record<string, number>, passphrase: string | null = null) =>
  (await seal(world, election, person, ranking, passphrase)).cast as OfficersCast;
const cast = async (person: Person, given: OfficersCast): Promise<string> =>
  kindOf(await world.box.cast(election, person, given));

beforeEach(async () => {
  world = await startWorld('sqlite', { suite: 2 });
  ({ election, people } = await openElection(world, 4));
  paper = must(await world.box.paper(election, voter()));
});
afterEach(() => world.end());

describe('an election of officers', () => {
  it('does not open before enough of them have shown that they hold their shares, for this very election', async () => {
    const { custody, key, shares } = await madeOfficers();
    if (custody.board === null) throw new Error('a board');
    const { board } = custody;
    const next = makeElection(4, { key: 'next---2026', custody });
    const opening = async () => {
      const opened = await world.box.ensureOpened(next, at('c1'));
      return opened.ok ? opened.value : opened.error.why;
    };
    const say = async (
      share: (typeof shares)[number] | undefined,
      of: string,
      position = share?.position ?? 0,
    ) =>
      share !== undefined &&
      world.box.sayReady(board, next.key, {
        officer: position,
        proof: toBase64Url(proveHolding(key, share, { kind: 'ready', election: of })),
      });
    expect(await opening()).toBe('custody-not-ready');
    expect(await say(shares[0], next.key)).toBe(true);
    expect(await say(shares[1], election.key)).toBe(false);
    expect(await say(shares[0], next.key, 2)).toBe(false);
    // Somebody who writes the database makes nobody ready.
    await world.db.transaction(async (em) => {
      const rows = await tables(em).selectFrom('board_post').selectAll().where('slot', '=', '1').execute();
      for (const { board: name } of rows)
        await insertUnlessThere(em, 'board_post', { board: name, slot: '3', copy: 0, body: 'A'.repeat(86) });
    });
    expect(await world.box.readyOfficers(board, next.key)).toEqual([1]);
    expect(await opening()).toBe('custody-not-ready');
    expect(await say(shares[1], next.key)).toBe(true);
    expect(await opening()).toBe('open');
  });

  it('does not come to be by a change of the files, nor by starting anew, before they have shown it', async () => {
    const { custody } = await madeOfficers();
    const ours = makeElection(4, { key: 'ours---2026' });
    const theirs = { ...ours, custody };
    const officer = await newPerson(world, 'officer');
    must(await world.box.ensureOpened(ours, at('c1')));
    await castFor(world, ours, voter(), { ada: 1 });
    expect(await world.box.askRestart(theirs, officer, at('c2'))).toMatchObject({
      error: { kind: 'waiting', why: 'custody-not-ready' },
    });
    const unpinned = makeElection(4, { key: 'empty---2026' });
    must(await world.box.ensureOpened(unpinned, at('c3')));
    expect(await world.box.ensureOpened({ ...unpinned, custody }, at('c4'))).toMatchObject({
      error: { kind: 'waiting', why: 'custody-not-ready' },
    });
    expect(await world.box.state(unpinned.key)).toBeNull();
  });
});

describe('a ballot paper of officers', () => {
  it('says whose key it is, how many open the count, and with what the box is signed', async () => {
    const { custody } = await madeOfficers();
    expect(paper.manifest).toMatchObject({
      suite: 2,
      kind: 'election',
      threshold: 2,
      officers: ['officer-1', 'officer-2', 'officer-3'],
      custody: custody.board?.transcriptHash,
      publicKey: custody.board?.publicKey,
      trackers: false,
    });
    const { serverKey, run } = paper.manifest as OfficersManifest;
    expect(fromBase64Url(serverKey, 32)).not.toBeNull();
    expect(run).toMatch(/^[0-9a-f]{32}$/);
  });

  it('follows the files about who keeps the key until the first ballot, and says afterwards that they differ', async () => {
    const { custody: _, ...ours } = election;
    must(await world.box.ensureOpened(ours, at('c1')));
    expect(must(await world.box.paper(ours, voter())).manifest.suite).toBe(1);
    must(await world.box.ensureOpened(election, at('c2')));
    paper = must(await world.box.paper(election, voter()));
    expect(paper.manifest.suite).toBe(2);
    await castFor(world, election, voter(), { ada: 1 });
    must(await world.box.ensureOpened(ours, at('c3')));
    expect(must(await world.box.paper(ours, voter())).manifest).toEqual(paper.manifest);
    expect((await world.box.drift(ours)).map(({ code }) => code)).toEqual(['custody-changed']);
  });
});

describe('a cast', () => {
  it('of another voter, another run, another suite, or with a byte changed is refused', async () => {
    const good = await castOf(voter(), { ada: 1 });
    expect(await cast(voter(1), good)).toBe('malformed-ballot');
    for (const at of [0, 1, 17, 49, 81, 113, 145, 176]) {
      const bytes = recordOf(good);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(await cast(voter(), { ...good, record: toBase64Url(bytes) }), `byte ${at}`).toBe(
        'malformed-ballot',
      );
    }
    const record = recordOf(good);
    for (const bad of [record.slice(1), new Uint8Array([...record, 0]), new Uint8Array()])
      expect(await cast(voter(), { ...good, record: toBase64Url(bad) })).toBe('malformed-ballot');
    expect(await cast(voter(), { ...good, tagKey: toBase64Url(new Uint8Array(32)) })).toBe(
      'malformed-ballot',
    );
    expect(await cast(voter(), { ...good, suite: 1 as never })).toBe('malformed-ballot');
    expect(await cast(voter(), { ...good, manifestHash: '0'.repeat(64) })).toBe('manifest-changed');
    expect(await cast(voter(), good)).toBe('accepted');
  });

  it('that takes another voter’s ciphertext over is refused, with their proof or without', async () => {
    const theirs = await castOf(voter(1), { mary: 1 });
    expect(await cast(voter(1), theirs)).toBe('accepted');
    const own = await castOf(voter(), { ada: 1 });
    const mixed = Buffer.from(recordOf(own));
    mixed.set(recordOf(theirs).subarray(49), 49);
    expect(await cast(voter(), { ...own, record: toBase64Url(mixed) })).toBe('malformed-ballot');
  });

  it('with the seed of another ballot is refused, and the same bytes get the same receipt', async () => {
    const first = await castOf(voter(), { ada: 1 }, 'words');
    const { receipt } = must(await world.box.cast(election, voter(), first));
    expect(must(await world.box.cast(election, voter(), first)).receipt).toEqual(receipt);
    expect(receipt?.recordHash).toBe(hashRecord(paper.manifestHash, recordOf(first)));
    // What is made from one seed has one handle, whatever it says: the difference of the two would tell the rankings.
    const { seed } = (await look(world, election, voter(), 'words')).seed;
    const again = async (person: Person): Promise<OfficersCast> => {
      const { voterBinding } = must(await world.box.paper(election, person));
      const binding = fromBase64Url(voterBinding, 32) as Uint8Array;
      const { record, tagKey } = accepted(sealWithSeed(rules(), [2, 1, 0, 0, 0], binding, seed));
      return { ...first, record: toBase64Url(record), tagKey: toBase64Url(tagKey) };
    };
    expect(await cast(voter(), await again(voter()))).toBe('already-voted');
    expect(await cast(voter(1), await again(voter(1)))).toBe('duplicate-handle');
    const change = { authKey: first.authKey, old: (await look(world, election, voter(), 'words')).claim };
    const reused = await again(voter());
    const released = await (await look(world, election, voter(), 'words')).letGo(reused);
    expect(kindOf(await world.box.replace(election, voter(), { ...change, cast: reused, ...released }))).toBe(
      'duplicate-handle',
    );
  });

  it('ranks last who was struck out where everybody has to be ranked', async () => {
    await world.end();
    world = await startWorld('sqlite', { suite: 2 });
    ({ election, people } = await openElection(world, 3, { allowNoOpinion: false }));
    paper = must(await world.box.paper(election, voter()));
    const four = { ada: 1, barbara: 2, grace: 3, katherine: 4 };
    await expect(sealBallot({ paper, ranking: four, passphrase: null, kdfs: [TEST_KDF] })).rejects.toThrow();
    const struck = { ...paper, struck: ['mary'] };
    const { cast: given } = await sealBallot({
      paper: struck,
      ranking: four,
      passphrase: 'words',
      kdfs: [TEST_KDF],
    });
    must(await world.box.cast(election, voter(), given));
    expect(await (await look(world, election, voter(), 'words')).read()).toEqual({ ...four, mary: 5 });
  });
});

const close = async (): Promise<void> => {
  world.clock.now = Math.max(world.clock.now, election.closesAt + 1);
  must(await world.box.close(election));
};

/** What the holder of a receipt finds out while the box, in the end, holds these records. */
const fate = (receipt: Receipt, box: readonly Uint8Array[], shown: ShownRelease | null) =>
  judgeReceipt(
    rules(),
    receipt.recordHash,
    new Set(box.map((record) => hashRecord(paper.manifestHash, record))),
    shown && {
      record: Buffer.from(shown.record, 'base64url'),
      newHash: shown.newHash,
      release: Buffer.from(shown.release, 'base64url'),
    },
  );

describe('a receipt', () => {
  it('whose ballot was replaced or withdrawn shows that the voter signed for it; one that was dropped shows nothing', async () => {
    const first = (await castFor(world, election, voter(), { ada: 1 }, 'words')) as Receipt;
    const seen = await look(world, election, voter(), 'words');
    expect(fate(first, [], null), 'the server dropped it').toBe('dropped');

    const next = await castOf(voter(), { mary: 1 }, 'other');
    const change = { authKey: seen.claim.authKey, old: seen.claim, cast: next };
    expect(kindOf(await world.box.replace(election, voter(), change))).toBe('malformed-ballot');
    const forAnother = await seen.letGo(await castOf(voter(), { ada: 2 }));
    expect(kindOf(await world.box.replace(election, voter(), { ...change, ...forAnother }))).toBe(
      'malformed-ballot',
    );
    const released = await seen.letGo(next);
    const done = { ...change, ...released };
    const second = must(await world.box.replace(election, voter(), done)).receipt as Receipt;
    expect(must(await world.box.replace(election, voter(), done)).receipt).toEqual(second);
    expect(fate(first, [recordOf(next)], null)).toBe('dropped');
    expect(fate(second, [recordOf(next)], null)).toBe('counted');

    const after = await look(world, election, voter(), 'other');
    expect(kindOf(await world.box.withdraw(election, voter(), after.claim))).toBe('malformed-ballot');
    expect(must(await world.box.participation(election, voter())).voted).toBe(true);
    const gone = { ...after.claim, ...(await after.letGo()) };
    must(await world.box.withdraw(election, voter(), gone));
    await close();
    const shown = must(await world.box.shownRelease(election, first));
    expect(shown?.newHash).toBe(second.recordHash);
    expect(fate(first, [recordOf(next)], shown)).toBe('released');
    const none = must(await world.box.shownRelease(election, second));
    expect(none?.newHash).toBeNull();
    expect(fate(second, [], none)).toBe('released');
    expect(fate(second, [], shown), 'another’s release is none').toBe('dropped');
  });

  it('tells nobody who was given it that its voter has voted again, until the box is closed', async () => {
    const first = (await castFor(world, election, voter(), { ada: 1 }, 'words')) as Receipt;
    const kept = (await castFor(world, election, voter(1), { mary: 1 })) as Receipt;
    const seen = await look(world, election, voter(), 'words');
    const next = await castOf(voter(), { mary: 1 });
    const change = { authKey: seen.claim.authKey, old: seen.claim, cast: next };
    must(await world.box.replace(election, voter(), { ...change, ...(await seen.letGo(next)) }));
    const asked = async () =>
      Promise.all([first, kept].map((receipt) => world.box.shownRelease(election, receipt)));
    const [left, stayed] = await asked();
    expect(left).toEqual({ ok: false, error: { kind: 'not-closed-yet', detail: election.closesAt } });
    expect(stayed).toEqual(left);
    await close();
    expect((await asked()).map(must)).toEqual([
      expect.objectContaining({ record: expect.any(String) as string }),
      null,
    ]);
  });

  it('alone opens what was signed: neither a hash nor another receipt does, and the rows tell nobody’s ballot', async () => {
    const receipt = (await castFor(world, election, voter(), { ada: 1 }, 'words')) as Receipt;
    const other = (await castFor(world, election, voter(1), { mary: 1 })) as Receipt;
    const seen = await look(world, election, voter(), 'words');
    const next = await castOf(voter(), { mary: 1 });
    const change = { authKey: seen.claim.authKey, old: seen.claim, cast: next };
    must(await world.box.replace(election, voter(), { ...change, ...(await seen.letGo(next)) }));
    await close();
    expect(must(await world.box.shownRelease(election, other))).toBeNull();
    const { signature: _, ...known } = receipt;
    const forged = { ...known, signature: other.signature };
    expect(must(await world.box.shownRelease(election, forged))).toBeNull();
    const rows = await world.db.read((em) => tables(em).selectFrom('released_record').selectAll().execute());
    expect(rows).toHaveLength(1);
    const told = JSON.stringify(rows);
    for (const secret of [receipt.recordHash, voter().userId, voter().login])
      expect(told).not.toContain(secret);
    await world.db.transaction((em) =>
      tables(em)
        .updateTable('released_record')
        .set({ sealed: Buffer.from('changed') })
        .execute(),
    );
    expect(kindOf(await world.box.shownRelease(election, receipt))).toBe('ballot-box-damaged');
  });

  it('of an election whose key the server keeps has nothing to show', async () => {
    await world.end();
    world = await startWorld('sqlite');
    ({ election, people } = await openElection(world, 2));
    const receipt = (await castFor(world, election, voter(), { ada: 1 }, 'words')) as Receipt;
    const seen = await look(world, election, voter(), 'words');
    expect(await seen.letGo()).toEqual({});
    await close();
    expect(must(await world.box.shownRelease(election, receipt))).toBeNull();
  });
});

describe('a ballot on view', () => {
  it('is the one that its voter made, or none: a doctored record is not shown', async () => {
    await castFor(world, election, voter(), { ada: 1, mary: 2 }, 'words');
    const seen = await look(world, election, voter(), 'words');
    expect(await seen.read()).toEqual({ ada: 1, mary: 2 });
    const stored = must(await world.box.fetchRecord(election, voter(), seen.claim)) as { record: string };
    const bytes = Buffer.from(stored.record, 'base64url');
    const strange = recordOf(await castOf(voter(1), { grace: 1 }));
    const doctored = Buffer.from(bytes);
    doctored.set(strange.subarray(81, 113), 81);
    for (const record of [doctored, Buffer.from(strange)]) {
      const given = { paper, seed: seen.seed.seed, record: { record: record.toString('base64url') } };
      expect(await openRecord(given)).toBeNull();
    }
  });

  it('opens for nobody who signs in as somebody else', async () => {
    await castFor(world, election, voter(), { ada: 1 }, 'words');
    const seen = await look(world, election, voter(), 'words');
    const stranger = await newPerson(world, 'stranger');
    expect(kindOf(await world.box.fetchRecord(election, stranger, seen.claim))).toBe('not-voted');
  });
});
