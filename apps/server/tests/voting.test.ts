import { sealBallot } from '@elekto/protocol/voter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { refusalOf, type Browser } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { CHEAP_KDF, ALL_DATABASES, DURING, run, type Running } from './support/running.ts';
import { PASSPHRASE, replace, unlock, view, vote } from './support/voting.ts';

const key = 'steering';
const VOTERS = ['vera', 'victor', 'wanda', 'xaver', 'yann'];

describe.each(ALL_DATABASES)('a voter, on %s', (database) => {
  let running: Running;
  beforeAll(async () => {
    const meta = writeMeta({
      steering: { voters: VOTERS },
      strict: { voters: VOTERS, extra: '' },
      past: { voters: VOTERS, opens: '2026-02-01 00:00:00', closes: '2026-02-02 00:00:00' },
      later: { voters: VOTERS, opens: '2026-04-01 00:00:00', closes: '2026-04-02 00:00:00' },
    });
    running = await run({ meta, people: [...VOTERS, 'nina', 'olga'], database });
  });
  afterAll(() => running?.stop());
  beforeEach(() => running.clock.set(Date.parse(DURING)));

  it('casts, views, replaces, takes back and casts again', async () => {
    const vera = await running.signedIn('vera');
    const receipt = await vote(vera, key, { ada: 1, bob: 2, cy: 2 });
    expect(receipt).toMatchObject({ version: 1, election: key });
    expect(await view(vera, key)).toEqual({ ada: 1, bob: 2, cy: 2 });
    await replace(vera, key, { cy: 1 });
    expect(await view(vera, key)).toEqual({ cy: 1 });

    const { authKey, seed } = await unlock(vera, key);
    await vera.api.ballot.withdraw.mutate({ key, authKey, ...seed.place });
    expect((await vera.api.ballot.participation.query({ key })).voted).toBe(false);
    await vote(vera, key, { bob: 1 });
    expect(await view(vera, key)).toEqual({ bob: 1 });
  });

  it('gets the same answer when the first was lost on the way', async () => {
    const victor = await running.signedIn('victor');
    const paper = await victor.api.ballot.paper.query({ key });
    const { cast } = await sealBallot({
      paper,
      ranking: { ada: 1 },
      passphrase: PASSPHRASE,
      kdfs: [CHEAP_KDF],
    });
    const first = await victor.api.ballot.cast.mutate({ key, cast });
    expect(await victor.api.ballot.cast.mutate({ key, cast })).toEqual(first);
  });

  it('has one vote, however many are sent at once', async () => {
    const wanda = await running.signedIn('wanda');
    const results = await Promise.all(
      Array.from({ length: 12 }, () => refusalOf(vote(wanda, key, { ada: 1 }))),
    );
    expect(results.filter((kind) => kind === 'none')).toHaveLength(1);
    expect(results.filter((kind) => kind === 'already-voted')).toHaveLength(11);
  });

  it("cannot use another voter's paper", async () => {
    const [xaver, yann] = [await running.signedIn('xaver'), await running.signedIn('yann')];
    const paper = await xaver.api.ballot.paper.query({ key });
    const { cast } = await sealBallot({ paper, ranking: { ada: 1 }, passphrase: null, kdfs: [CHEAP_KDF] });
    expect(await refusalOf(yann.api.ballot.cast.mutate({ key, cast }))).toBe('malformed-ballot');
    expect(await refusalOf(xaver.api.ballot.cast.mutate({ key, cast }))).toBe('none');
  });

  describe('is told', () => {
    const refusedVote = async (browser: Browser, election: string): Promise<string> =>
      refusalOf(vote(browser, election, { ada: 1 }));

    it('to sign in', async () => expect(await refusedVote(running.browser(), key)).toBe('not-signed-in'));
    it('that they are not on the roll', async () => {
      expect(await refusedVote(await running.signedIn('nina'), key)).toBe('not-eligible');
    });
    it('that it has not begun', async () => {
      expect(await refusedVote(await running.signedIn('yann'), 'later')).toBe('not-open-yet');
    });
    it('that it is over', async () => {
      expect(['already-closed', 'not-open-yet']).toContain(
        await refusedVote(await running.signedIn('yann'), 'past'),
      );
    });
    it('that there is no such election', async () => {
      expect(await refusedVote(await running.signedIn('yann'), 'nowhere')).toBe('unknown-election');
    });
    it('that they have voted', async () => {
      expect(await refusedVote(await running.signedIn('victor'), key)).toBe('already-voted');
    });
    it('that the passphrase is wrong', async () => {
      expect(await refusalOf(view(await running.signedIn('victor'), key, 'another one'))).toBe(
        'wrong-passphrase',
      );
    });
    it('that the time is over, to the second, also for what they replace', async () => {
      const yann = await running.signedIn('yann');
      const victor = await running.signedIn('victor');
      const paper = await yann.api.ballot.paper.query({ key });
      const { cast } = await sealBallot({
        paper,
        ranking: { ada: 1 },
        passphrase: PASSPHRASE,
        kdfs: [CHEAP_KDF],
      });
      const { authKey, seed } = await unlock(victor, key);
      running.clock.set(paper.closesAt + 1);
      const [eve, adam] = [await running.signedIn('yann'), await running.signedIn('victor')];
      expect(await refusalOf(eve.api.ballot.cast.mutate({ key, cast }))).toBe('already-closed');
      const change = { key, authKey, old: seed.place, cast };
      expect(await refusalOf(adam.api.ballot.replace.mutate(change))).toBe('already-closed');
      expect(await refusalOf(adam.api.ballot.withdraw.mutate({ key, authKey, ...seed.place }))).toBe(
        'already-closed',
      );
      running.clock.set(paper.closesAt);
      expect(await refusalOf(eve.api.ballot.cast.mutate({ key, cast }))).toBe('none');
    });
  });

  it('is not written about in the log', async () => {
    for (const word of [...VOTERS, PASSPHRASE, 'authKey', 'ciphertext'])
      expect(running.log()).not.toContain(word);
  });
});
