import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refusalOf, type Browser } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { DATABASES, DURING, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

const key = 'steering';
const VOTERS = ['vera', 'victor', 'wanda', 'xaver'];

describe.each(DATABASES)('an officer, on %s', (database) => {
  let running: Running;
  let olga: Browser;
  let meta: string;
  beforeAll(async () => {
    meta = writeMeta({
      steering: {
        voters: VOTERS,
        officers: ['Olga', 'otto'],
        seats: 1,
        exceptionsDue: '2026-03-05 00:00:00',
        extra: 'body: Steering Committee',
      },
      past: {
        ...{
          name: 'Second term',
          voters: VOTERS,
          officers: ['somebody-else'],
          extra: 'body: steering committee',
        },
        ...{ opens: '2024-03-01 00:00:00', closes: '2024-03-07 00:00:00' },
      },
      other: {
        ...{ name: 'Board', voters: VOTERS, officers: ['somebody-else'], extra: 'body: Board' },
        ...{ opens: '2024-03-01 00:00:00', closes: '2024-03-07 00:00:00' },
      },
      pending: {
        ...{ name: 'Third term', voters: VOTERS, extra: 'body: Steering Committee' },
        ...{ opens: '2025-03-01 00:00:00', closes: '2025-03-07 00:00:00', officers: ['somebody-else'] },
      },
    });
    for (const folder of ['past', 'other'])
      writeFileSync(
        join(meta, 'elections', folder, 'ballots.csv'),
        'ada,bob,cy\n1,2,3\n1,No opinion,2\n3,1,2\n',
      );
    running = await run({ meta, people: [...VOTERS, 'nina', 'olga', 'otto'], database });
    olga = await running.signedIn('olga');
  });
  afterAll(() => running?.stop());

  it('sees how many have voted, from three on, once the hour is over', async () => {
    const [vera, victor, wanda] = await Promise.all(
      ['vera', 'victor', 'wanda'].map((login) => running.signedIn(login)),
    );
    if (!vera || !victor || !wanda) throw new Error('unreachable');
    await vote(vera, key, { ada: 1, bob: 2 });
    await vote(victor, key, { bob: 1, ada: 2 });
    expect(await olga.api.officer.turnout.query({ key })).toMatchObject({ eligible: 4, cast: null });
    expect((await olga.api.officer.elections.query()).elections[0]).toMatchObject({
      cast: null,
      state: 'open',
    });
    await vote(wanda, key, { cy: 1 });
    const told = () => olga.api.officer.turnout.query({ key });
    const later = async (minutes: number) => {
      running.clock.set(Date.parse(DURING) + minutes * 60_000);
      await running.server.tick();
    };
    await later(20);
    // Asked at any moment before the hour is over, it does not tell that somebody has just voted.
    expect(await told()).toMatchObject({ cast: null, buckets: [] });
    await later(61);
    expect(await told()).toMatchObject({ eligible: 4, cast: 3 });
    expect((await olga.api.officer.elections.query()).elections[0]).toMatchObject({ cast: 3 });
  });

  it('sees beside it how the last election of the same body ended, as its ballots are published', async () => {
    expect((await olga.api.officer.turnout.query({ key })).earlier).toEqual([
      {
        ...{ key: 'past', name: 'Second term', eligible: 4, cast: 3 },
        closesAt: Date.parse('2024-03-07T00:00:00Z'),
      },
    ]);
  });

  it('is told of a folder that cannot be read at all, which names no officer', async () => {
    const folder = join(meta, 'elections', 'broken');
    mkdirSync(folder);
    writeFileSync(join(folder, 'election.yaml'), 'name: "Broken\nelection_officers:\n- nina\n');
    await running.server.sync();
    const { elections, problems } = await olga.api.officer.elections.query();
    expect(elections.map((each) => each.key)).toEqual([key]);
    expect(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file)).toContain(
      'elections/broken/election.yaml',
    );
    // Who is officer of that one alone is told of it, and of nothing else; nobody else is.
    const nina = await (await running.signedIn('nina')).api.officer.elections.query();
    expect(nina.elections).toEqual([]);
    expect(new Set(nina.problems.map(({ file }) => file))).toEqual(
      new Set(['elections/broken/election.yaml', 'elections/broken/voters.yaml']),
    );
    const vera = await (await running.signedIn('vera')).api.officer.elections.query();
    expect(vera.problems).toEqual([]);
    rmSync(folder, { recursive: true });
    await running.server.sync();
    expect((await olga.api.officer.elections.query()).problems).toEqual([]);
  });

  it('decides requests, never over the head of another officer', async () => {
    const nina = await running.signedIn('nina');
    const input = { key, name: 'Nina', email: 'nina@example.org', reason: 'I wrote the docs.' };
    const request = await nina.api.exception.request.mutate(input);
    expect(await refusalOf(nina.api.exception.request.mutate(input))).toBe('exception-already-requested');
    const otto = await running.signedIn('otto');
    const [seen] = await olga.api.officer.exceptions.query({ key });
    expect(seen).toMatchObject({ id: request.id, login: 'nina', status: 'open' });
    const decision = { key, id: request.id, version: request.version, note: 'Welcome.' };
    const decided = await otto.api.officer.decide.mutate({ ...decision, status: 'approved' });
    expect(decided.status).toBe('approved');
    expect(await refusalOf(olga.api.officer.decide.mutate({ ...decision, status: 'declined' }))).toBe(
      'conflict',
    );
    expect(await nina.api.exception.mine.query({ key })).toMatchObject({ status: 'approved' });
    const { approved } = await olga.api.officer.roll.query({ key });
    expect(approved).toEqual([{ login: 'nina', name: 'Nina', onRoll: false }]);
    expect((await olga.api.officer.elections.query()).elections[0]).toMatchObject({ toAdd: 1 });
  });

  it('reads the definition: names, the limit, and voters.yaml with its comments', async () => {
    const definition = await olga.api.officer.definition.query({ key });
    expect(definition.meta.url).toBeNull();
    expect(definition.meta.commit).toBe(running.server.snapshot()?.commit);
    expect(definition.candidates.map(({ id }) => id)).toContain('cy');
    expect(definition.nominations).toBeNull();
    expect(definition.votersYaml).toContain('eligible_voters:');
    expect(definition.votersYaml).toContain('wanda');
    expect(definition.planDone).toEqual([]);
  });

  it('reads why each is on the roll, and what plan.yaml has as done', async () => {
    expect((await olga.api.officer.roll.query({ key })).evidence).toBeNull();
    const folder = join(meta, 'elections', 'steering');
    const evidence = 'login,on_roll,rule,count,needed,first,last\nvera,yes,Leads,1,1,,\n';
    writeFileSync(join(folder, 'roll-evidence.csv'), evidence);
    writeFileSync(join(folder, 'plan.yaml'), 'activities: [{ id: announce, done: true }]\n');
    await running.server.sync();
    expect((await olga.api.officer.roll.query({ key })).evidence).toBe(evidence);
    expect((await olga.api.officer.definition.query({ key })).planDone).toEqual(['announce']);
    rmSync(join(folder, 'roll-evidence.csv'));
    rmSync(join(folder, 'plan.yaml'));
    await running.server.sync();
  });

  it('gets nothing of the result before the end', async () => {
    const { officer } = olga.api;
    expect(await refusalOf(officer.close.mutate({ key }))).toBe('not-ended-yet');
    expect(await refusalOf(officer.outcome.query({ key }))).toBe('not-ended-yet');
    expect(await refusalOf(officer.ballotsCsv.query({ key }))).toBe('not-ended-yet');
    expect(await refusalOf(officer.resultsJson.query({ key }))).toBe('not-ended-yet');
    expect(await refusalOf(officer.resultsDraft.query({ key }))).toBe('not-ended-yet');
  });

  it('can rehearse meanwhile, without touching a ballot', async () => {
    const secrets = () =>
      readdirSync(running.server.config.secretsDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const)
        // Only that one was held is noted.
        .map(([name, text]) => [
          name,
          newestOfEach(text.split('\n').filter((line) => !line.includes('"note rehearsed '))),
        ]);
    // What was noted just before is still being written on a busy machine.
    await expect.poll(() => secrets().filter(([name]) => String(name).endsWith('.new'))).toEqual([]);
    const before = secrets();
    expect(before.length).toBeGreaterThan(2);
    const actions = (await olga.api.officer.audit.query({ key })).map(({ action }) => action);
    const rehearsal = await olga.api.officer.rehearse.mutate({ key, ballots: 50 });
    expect(rehearsal).toMatchObject({ rehearsal: true, state: 'finalised', cast: 50, eligible: 50 });
    expect(rehearsal.manifest.name).toMatch(/^Rehearsal: /);
    expect(rehearsal.outcome.counts.cast).toBe(50);
    expect(rehearsal.ballotsCsv.trim().split('\n')).toHaveLength(51);
    expect(rehearsal.resultsDraft).toMatch(/^# Rehearsal: .*: results\n/);
    expect(rehearsal.checks.length).toBeGreaterThan(5);
    expect(rehearsal.checks.filter(({ ok }) => !ok)).toEqual([]);
    // The same seed makes up the same ballots, under other keys.
    const again = await olga.api.officer.rehearse.mutate({ key, ballots: 50 });
    expect(again.outcome).toEqual(rehearsal.outcome);
    expect(again.publicKey).not.toBe(rehearsal.publicKey);
    expect(secrets()).toEqual(before);
    const { elections } = await olga.api.officer.elections.query();
    expect(elections.find((each) => each.key === key)?.rehearsed).toEqual({
      at: running.clock.now(),
      by: 'olga',
      changed: false,
    });
    expect(await olga.api.officer.turnout.query({ key })).toMatchObject({ cast: 3 });
    expect((await olga.api.officer.audit.query({ key })).map(({ action }) => action)).toEqual(actions);
    expect(await refusalOf(olga.api.officer.outcome.query({ key }))).toBe('not-ended-yet');
    const vera = await running.signedIn('vera');
    expect(await refusalOf(vera.api.officer.rehearse.mutate({ key }))).toBe('not-officer');
  });

  it('finds the election counted by itself after the end, decides the tie, and publishes', async () => {
    running.clock.set(Date.parse('2026-03-08T00:00:00Z'));
    await running.server.tick();
    olga = await running.signedIn('olga');
    const { elections } = await olga.api.officer.elections.query();
    expect(elections[0]).toMatchObject({ state: 'finalised', cast: 3, phase: 'ended' });

    const result = await olga.api.officer.outcome.query({ key });
    expect(result.outcome.seats.openTies.map(({ seats }) => seats)).toEqual([1]);
    expect(await olga.api.officer.resultsDraft.query({ key })).toContain(
      'The ballots do not decide between them.',
    );
    const tied = result.outcome.seats.openTies[0]?.candidates ?? [];
    const winner = tied[0] ?? '';
    expect(
      await refusalOf(olga.api.officer.recordTieDecision.mutate({ key, winners: ['nobody'], how: 'x' })),
    ).toBe('no-tie');
    await olga.api.officer.recordTieDecision.mutate({ key, winners: [winner], how: 'Drawn by lot.' });
    expect((await olga.api.officer.outcome.query({ key })).tieDecisions).toMatchObject([
      { winners: [winner], by: 'olga' },
    ]);
    const draft = await olga.api.officer.resultsDraft.query({ key });
    expect(draft).toContain('Drawn by lot.');
    expect(draft).toContain('**Ada (ada) is elected.**');

    const json = JSON.parse(await olga.api.officer.resultsJson.query({ key })) as { cast: number };
    expect(json.cast).toBe(3);
    await olga.api.officer.published.mutate({ key });
    expect((await olga.api.officer.outcome.query({ key })).state).toBe('published');
  });

  it('leaves a trail that names officers and the server, and no voter', async () => {
    const trail = await olga.api.officer.audit.query({ key });
    const actions = trail.map(({ action }) => action);
    for (const action of ['opened', 'closed', 'tie-decided', 'published']) expect(actions).toContain(action);
    expect(new Set(trail.map(({ actor }) => actor))).not.toContain('vera');
  });
});

/** What was noted last comes after the rest, and takes the place of what it follows within a second: both say the same. */
function newestOfEach(lines: readonly string[]): readonly string[] {
  const byItem = new Map<string, string>();
  for (const line of lines) byItem.set(/^\{"election":"[^"]*","item":"[^"]*"/.exec(line)?.[0] ?? line, line);
  return [...byItem.values()].toSorted();
}
