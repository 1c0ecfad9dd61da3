import { tables } from '@elekto/db';
import { verifyResults } from '@elekto/protocol/result';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { publishedResult } from '@elekto/protocol/published';
import { afterEach, describe, expect, it } from 'vitest';
import { copyRows, overwrite, putBack } from './rows.ts';
import { castFor, DIALECTS, finish, kindOf, must, openElection, startWorld } from './support.ts';
import type { World } from './support.ts';
import { createBallotBox } from '@elekto/ballot-box';
import { TEST_KDF } from './test-kdf.ts';
import { changeElection, electionRow } from '../src/box/election-row.ts';
import { ok } from '../src/result.ts';
import { transact } from '../src/transact.ts';

const RANKED = { ada: 1, barbara: 2, grace: 3, katherine: 4, mary: 5 };
const TIED = { ada: 1, barbara: 2, grace: 2, katherine: 4, mary: 5 };

describe.each(DIALECTS)('the result that is stored on %s', (dialect) => {
  let world: World;
  afterEach(() => world.end());

  async function held(ranking: Record<string, number>, changes = {}) {
    world = await startWorld(dialect);
    const opened = await openElection(world, 4, changes);
    for (const person of opened.people.slice(0, 3)) await castFor(world, opened.election, person, ranking);
    await finish(world, opened.election);
    return opened;
  }
  const rows = () => world.db.read((em) => tables(em).selectFrom('result').selectAll().execute());

  it('is what officers get, byte for byte, whenever they ask', async () => {
    const { election, officer } = await held(RANKED);
    const [stored] = await rows();
    const first = must(await world.box.resultsJson(election, officer));
    world.clock.now += 1_000_000;
    expect(must(await world.box.resultsJson(election, officer))).toBe(first);
    expect(await rows()).toEqual([stored]);
    const file = JSON.parse(first) as ResultsFile2;
    expect(file.format).toBe('elekto-results/2');
    const { ok } = await verifyResults({
      ballotsCsv: must(await world.box.ballotsCsv(election, officer)),
      resultsJson: first,
      publicKey: world.keys.publicKey,
      folder: election.key,
    });
    expect(ok).toBe(true);
  });

  it('is opened once for all proofs that anybody asks for, also for those who ask at the same moment', async () => {
    const { election, officer } = await held(RANKED);
    const { trackers = [] } = JSON.parse(
      must(await world.box.resultsJson(election, officer)),
    ) as ResultsFile2;
    let opened = 0;
    const keys = new Proxy(world.keys, {
      get: (target, name) => {
        if (name === 'result') opened += 1;
        return Reflect.get(target, name) as unknown;
      },
    });
    const box = createBallotBox({
      ...world,
      keys,
      kdf: TEST_KDF,
      now: () => Promise.resolve(world.clock.now),
    });
    const asked = Array.from({ length: 60 }, (_, i) => trackers[i % 3] ?? '');
    const proofs = await Promise.all(asked.map((tracker) => box.inclusionProof(election, tracker)));
    expect(proofs.map((proof) => must(proof)?.tracker)).toEqual(asked);
    must(await box.inclusionProof(election, '0'.repeat(32)));
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThanOrEqual(2);
  });

  it('cannot be changed by who can write rows', async () => {
    const { election, officer } = await held(RANKED);
    const file = must(await world.box.resultsJson(election, officer));
    for (const bytes of [Buffer.from(file), Buffer.alloc(0), Buffer.alloc(64)]) {
      await world.db.transaction((em) => tables(em).updateTable('result').set({ file: bytes }).execute());
      expect(kindOf(await world.box.resultsJson(election, officer))).toBe('ballot-box-damaged');
      expect(kindOf(await world.box.outcome(election, officer))).toBe('ballot-box-damaged');
      expect(must(await world.box.resultFacts(election.key))).toEqual({
        state: 'closed',
        trouble: 'ballot-box-damaged',
      });
    }
  });

  it('from before a decision is not handed out again, however genuine', async () => {
    const { election, officer } = await held(TIED);
    const before = await copyRows(world.db);
    must(await world.box.recordTieDecision(election, officer, { winners: ['grace'], how: 'a coin' }));
    const decided = await copyRows(world.db);
    await putBack(world.db, before, ['result']);
    expect(kindOf(await world.box.resultsJson(election, officer))).toBe('ballot-box-damaged');
    await overwrite(world.db, 'election', before.election);
    expect(kindOf(await world.box.resultsJson(election, officer))).toBe('ballot-box-damaged');
    await putBack(world.db, decided);
    must(await world.box.resultsJson(election, officer));
  });

  it('has every decision in it, in their order, and earlier files are superseded', async () => {
    const { election, officer } = await held(TIED);
    const before = must(await world.box.resultsJson(election, officer));
    must(await world.box.recordTieDecision(election, officer, { winners: ['grace'], how: 'a coin' }));
    const after = must(await world.box.resultsJson(election, officer));
    const ballotsCsv = must(await world.box.ballotsCsv(election, officer));
    const box = must(await world.box.resultFacts(election.key));
    const state = async (resultsJson: string | null) => {
      const files = { ...election, resultsJson, ballotsCsv };
      const published = await publishedResult({ election: files, phase: 'ended', box, knownKeys: [] });
      return published.state;
    };
    expect([await state(before), await state(after), await state(null)]).toEqual([
      'superseded',
      'signed',
      'report',
    ]);
    expect((JSON.parse(after) as ResultsFile2).outcome.seats.elected).toEqual(['ada', 'grace']);
  });

  it('is not published while a tie for the last seat is open', async () => {
    const { election, officer } = await held(TIED);
    const resultsJson = must(await world.box.resultsJson(election, officer));
    expect(kindOf(await world.box.markPublished(election, officer))).toBe('tie-open');
    must(await world.box.notePublished({ ...election, resultsJson }));
    expect(await world.box.state(election.key)).toBe('finalised');
    must(await world.box.recordTieDecision(election, officer, { winners: ['grace'], how: 'a coin' }));
    must(await world.box.notePublished({ ...election, resultsJson }));
    expect(await world.box.state(election.key)).toBe('finalised');
    must(await world.box.markPublished(election, officer));
    expect(await world.box.state(election.key)).toBe('published');
  });

  it('is published when git holds it, however it is indented, and then says so', async () => {
    const { election, officer } = await held(RANKED, { deleteAfter: true });
    const resultsJson = must(await world.box.resultsJson(election, officer));
    const indented = JSON.stringify(JSON.parse(resultsJson), null, 1);
    const other = resultsJson.replace(/"eligible": 4/, '"eligible": 5');
    for (const text of [null, '', 'x', other]) {
      must(await world.box.notePublished({ ...election, resultsJson: text }));
      expect(await world.box.state(election.key)).toBe('finalised');
    }
    must(await world.box.notePublished({ ...election, resultsJson: indented }));
    expect(await world.box.state(election.key)).toBe('published');
    const trail = async () =>
      must(await world.box.audit(election, officer)).map(({ actor, action }) => `${actor} ${action}`);
    expect((await trail()).at(-1)).toBe('server published');
  });

  it('keeps the way from a passphrase to its ballot for two weeks after it was published, and then ends it', async () => {
    const { election, officer } = await held(RANKED, { deleteAfter: true });
    const resultsJson = must(await world.box.resultsJson(election, officer));
    must(await world.box.notePublished({ ...election, resultsJson }));
    const fortnight = 14 * 24 * 60 * 60 * 1000;
    const last = async () => must(await world.box.audit(election, officer)).at(-1)?.action;
    const links = () =>
      world.db.read((em) => tables(em).selectFrom('participation').select('sealed_seed').execute());
    const before = await links();
    world.clock.now += fortnight - 1;
    must(await world.box.endLinks(election.key));
    expect([await last(), await links()]).toEqual(['published', before]);
    world.clock.now += 1;
    must(await world.box.endLinks(election.key));
    must(await world.box.endLinks(election.key));
    expect(await last()).toBe('links-destroyed');
    for (const { sealed_seed } of await links())
      expect([...Buffer.from(sealed_seed)].every((byte) => byte === 0)).toBe(true);
    const events = must(await world.box.audit(election, officer)).map(({ action }) => action);
    expect(events.filter((action) => action === 'links-destroyed')).toHaveLength(1);
  });

  it('of a count from before files were stored is made of it, and what was published then stays the result', async () => {
    const { election, officer } = await held(TIED);
    // Nor did the election's row name a result then.
    await transact(world, async (em) => {
      const opened = await electionRow(world, em, election.key, 'update');
      if (opened === null) throw new Error('expected the row');
      return ok(await changeElection(world, em, opened, { resultSignature: null }));
    });
    const decided = [{ winners: ['grace'], how: 'a coin', by: 'officer', at: world.clock.now }];
    const [row] = await rows();
    const text = JSON.stringify(decided);
    const written = `${world.keys.mac('elekto/tie decisions/1', row?.election ?? '', text)} ${text}`;
    const old = (decisions: string | null) =>
      world.db.transaction((em) =>
        tables(em).updateTable('result').set({ file: null, tie_decision: decisions }).execute(),
      );
    await old(written);
    const file = JSON.parse(must(await world.box.resultsJson(election, officer))) as ResultsFile2;
    expect(file.tieDecisions).toEqual(decided);
    expect(file.outcome.seats.elected).toEqual(['ada', 'grace']);
    expect(must(await world.box.resultsJson(election, officer))).toBe(`${JSON.stringify(file, null, 2)}\n`);
    for (const forged of [text, `${'A'.repeat(43)} ${text}`, '', 'x', '[]']) {
      await old(forged);
      expect(kindOf(await world.box.resultsJson(election, officer))).toBe('ballot-box-damaged');
    }
  });
});
