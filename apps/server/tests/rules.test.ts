/** What the files of an election may and may not change about its ballots, seen from outside: over HTTP only. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { electionFiles, writeElection, writeMeta, type WrittenElection } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { unlock, view, vote } from './support/voting.ts';

const VOTERS = ['vera', 'victor', 'wanda'];
const ENDING: WrittenElection = { voters: VOTERS, closes: '2026-03-04 00:00:00' };

/** An election whose election.yaml says something else than `writeMeta` writes. */
function writeChanged(
  meta: string,
  folder: string,
  from: string,
  to: string,
  election: WrittenElection,
): void {
  const dir = join(meta, 'elections', folder);
  mkdirSync(dir, { recursive: true });
  writeElection(meta, folder, election);
  const { 'election.yaml': yaml = '' } = electionFiles(election);
  writeFileSync(join(dir, 'election.yaml'), yaml.replace(from, to));
}

describe.each(DATABASES)('the rules of an election, on %s', (database) => {
  let meta: string;
  let running: Running;
  beforeAll(async () => {
    meta = writeMeta({ ending: ENDING, drifting: { voters: VOTERS } });
    writeChanged(meta, 'strict', 'allow_no_opinion: True', 'allow_no_opinion: False', { voters: VOTERS });
    writeChanged(meta, 'forgetting', 'delete_after: False', 'delete_after: True', {
      voters: VOTERS,
      closes: '2026-03-06 00:00:00',
    });
    running = await run({ meta, people: [...VOTERS, 'olga'], database });
  });
  afterAll(() => running?.stop());

  const driftOf = async (key: string): Promise<string[]> => {
    const { elections } = (await (await fetch(`${running.url}/status`)).json()) as {
      elections: { key: string; drift: string[] }[];
    };
    return elections.find((election) => election.key === key)?.drift ?? [];
  };

  it('with allow_no_opinion: false take only ballots that rank everybody', async () => {
    const vera = await running.signedIn('vera');
    for (const partial of [{}, { ada: 1 }, { ada: 1, bob: 2 }])
      expect(await refusalOf(vote(vera, 'strict', partial))).toBe('opinion-required');
    expect((await vera.api.ballot.participation.query({ key: 'strict' })).voted).toBe(false);
    await vote(vera, 'strict', { ada: 1, bob: 2, cy: 2 });
    expect(await view(vera, 'strict')).toEqual({ ada: 1, bob: 2, cy: 2 });
  });

  it('stay those of the first ballot: what the files say later is shown as drift', async () => {
    const vera = await running.signedIn('vera');
    await vote(vera, 'drifting', { ada: 1 });
    writeElection(meta, 'drifting', { voters: VOTERS, seats: 2, candidates: ['ada', 'bob', 'cy', 'dot'] });
    await running.server.sync();
    expect(await driftOf('drifting')).toEqual(['candidates-added', 'seats-changed']);
    const victor = await running.signedIn('victor');
    const { manifest } = await victor.api.ballot.paper.query({ key: 'drifting' });
    expect(manifest).toMatchObject({ seats: 1, candidates: ['ada', 'bob', 'cy'] });
    await vote(victor, 'drifting', { bob: 1, ada: 2 });
    expect(await view(vera, 'drifting')).toEqual({ ada: 1 });
  });

  it('follow an end moved while voting goes on, and never one moved after the end', async () => {
    const [vera, victor] = [await running.signedIn('vera'), await running.signedIn('victor')];
    await vote(vera, 'ending', { ada: 1 });
    writeElection(meta, 'ending', { ...ENDING, closes: '2026-03-05 00:00:00' });
    await running.server.sync();
    running.clock.set(Date.parse('2026-03-04T12:00:00Z'));
    await vote(victor, 'ending', { bob: 1 });

    running.clock.set(Date.parse('2026-03-05T00:00:01Z'));
    await running.server.tick();
    writeElection(meta, 'ending', { ...ENDING, closes: '2026-03-09 00:00:00' });
    await running.server.sync();
    const wanda = await running.signedIn('wanda');
    expect(await refusalOf(vote(wanda, 'ending', { cy: 1 }))).toBe('already-closed');
    const olga = await running.signedIn('olga');
    expect(await olga.api.officer.outcome.query({ key: 'ending' })).toMatchObject({
      state: 'finalised',
      cast: 2,
    });
    const trail = await olga.api.officer.audit.query({ key: 'ending' });
    expect(trail.map(({ action }) => action)).toEqual([
      'opened',
      'deadline-moved',
      'closed',
      'counted',
      'deadline-ignored',
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/vera|victor|wanda/);
  });

  it('with delete_after: true destroy what leads to a ballot two weeks after the result is published', async () => {
    const key = 'forgetting';
    const vera = await running.signedIn('vera');
    await vote(vera, key, { cy: 1, ada: 2, bob: 3 });
    running.clock.set(Date.parse('2026-03-06T00:00:01Z'));
    await running.server.tick();
    const { seed } = await unlock(vera, key);
    const olga = await running.signedIn('olga');
    await olga.api.officer.published.mutate({ key });
    expect((await unlock(vera, key)).seed).toEqual(seed);
    running.clock.set(Date.parse('2026-03-20T00:00:01Z'));
    await running.server.tick();
    // Sessions do not last that long.
    const [later, officer] = [await running.signedIn('vera'), await running.signedIn('olga')];
    expect(await later.api.me.stand.query({ key })).toMatchObject({
      stand: { kind: 'over-destroyed' },
      links: { kind: 'at', at: Date.parse('2026-03-20T00:00:01Z') },
    });
    expect(await later.api.ballot.participation.query({ key })).toMatchObject({ voted: true, unlock: null });
    const trail = await officer.api.officer.audit.query({ key });
    expect(trail.slice(-2).map(({ action }) => action)).toEqual(['published', 'links-destroyed']);
    // The voter who noted the tracker still finds the ballot.
    const { proof } = await vera.api.ballot.inclusionProof.mutate({ key, tracker: seed.tracker ?? '' });
    expect(proof?.ranks).toEqual([2, 3, 1]);
  });
});
