/** Upkeep goes on election by election: one that is broken, hangs or was held elsewhere keeps no other from its turn. */
import type { BallotBox } from '@elekto/ballot-box';
import { readdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { writeElection, writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

let running: Running;
afterEach(() => running?.stop());

interface Told {
  readonly key: string;
  readonly phase: string | null;
  readonly stage: string | null;
  readonly waiting: string | null;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  readonly nextAt: number | null;
  readonly trouble: {
    step: string;
    code: string;
    since: number;
    lastTryAt: number;
    nextTryAt: number;
  } | null;
  readonly drift: readonly string[];
}

interface Status {
  readonly commit: string;
  readonly site: { readonly commit: string | null };
  readonly elections: readonly Told[];
}

const status = async (): Promise<Status> => (await (await fetch(`${running.url}/status`)).json()) as Status;
const told = async (key: string): Promise<Told | undefined> =>
  (await status()).elections.find((election) => election.key === key);
const readiness = async (): Promise<{ status: number; degraded: string[] }> => {
  const answer = await fetch(`${running.url}/readyz`);
  return { status: answer.status, degraded: ((await answer.json()) as { degraded: string[] }).degraded };
};
const logged = (message: string): object[] =>
  running
    .log()
    .split('\n')
    .filter((line) => line.includes(`"msg":"${message}"`))
    .map((line) => JSON.parse(line) as object);

const AFTER = Date.parse('2026-03-08T00:00:00Z');
const ENDED = Date.parse('2026-03-07T23:59:59Z');
const MINUTE = 60_000;

/** What a broken disk leaves of the box keys that are there now. */
function overwriteBoxKeys(): () => void {
  const dir = join(running.server.config.secretsDir, 'elections');
  const files = readdirSync(dir).filter((name) => name.endsWith('.box'));
  const kept = files.map((name) => [join(dir, name), readFileSync(join(dir, name))] as const);
  const write = (path: string, bytes: Buffer): void => {
    chmodSync(path, 0o600);
    writeFileSync(path, bytes);
  };
  for (const [path, bytes] of kept) write(path, Buffer.alloc(bytes.length));
  return () => kept.forEach(([path, bytes]) => write(path, bytes));
}

const hangingCount =
  (hanging: string) =>
  (box: BallotBox): BallotBox => ({
    ...box,
    finalise: (election) =>
      election.key === hanging ? new Promise(() => undefined) : box.finalise(election),
  });

describe.each(DATABASES)('upkeep, on %s', (database) => {
  it('closes, counts and publishes the others when the key of one is gone, tells the trouble, and its end', async () => {
    const meta = writeMeta({ broken: { name: 'Broken' } });
    const voters = ['vera', 'victor'];
    running = await run({ meta, people: [...voters, 'olga'], database, env: { ELEKTO_METRICS: 'on' } });
    await vote(await running.signedIn('vera'), 'broken', { ada: 1 });
    let mend = (): void => undefined;
    await running.restart(() => {
      mend = overwriteBoxKeys();
      writeElection(meta, 'sound', { name: 'Sound' });
    });
    await vote(await running.signedIn('vera'), 'sound', { bob: 1 });

    running.clock.set(AFTER);
    await running.server.tick();
    expect(await told('sound')).toMatchObject({ stage: 'counted', phase: 'ended', trouble: null });
    expect(await told('broken')).toMatchObject({
      stage: 'closed',
      phase: 'ended',
      trouble: { step: 'count', code: 'keys-unreadable', since: AFTER, nextTryAt: AFTER + 15_000 },
    });
    expect((await readiness()).degraded).toEqual(['election-in-trouble: broken']);
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(/^elekto_elections_in_trouble 1$/m);
    expect(metrics).toMatch(/^elekto_elections_by_stage\{stage="counted"\} 1$/m);
    const page = running.site.built.at(-1)?.elections.find(({ key }) => key === 'broken');
    expect(page).toMatchObject({ phase: 'ended', trouble: { step: 'count', code: 'keys-unreadable' } });

    for (const minutes of [1, 2, 4, 8]) {
      running.clock.set(AFTER + minutes * MINUTE);
      await running.server.tick();
    }
    const { trouble } = (await told('broken')) ?? {};
    expect((trouble?.nextTryAt ?? 0) - (trouble?.lastTryAt ?? 0)).toBeGreaterThan(MINUTE);
    expect(trouble?.since).toBe(AFTER);
    expect(logged('an election is in trouble')).toHaveLength(1);

    // The repository is followed meanwhile.
    writeElection(meta, 'later', {
      name: 'Later',
      opens: '2026-05-01 00:00:00',
      closes: '2026-05-02 00:00:00',
    });
    await running.server.sync();
    expect((await status()).site.commit).toBe((await status()).commit);
    expect(await told('later')).toMatchObject({
      stage: 'upcoming',
      nextAt: Date.parse('2026-05-01T00:00:00Z'),
    });

    mend();
    running.clock.set(AFTER + 30 * MINUTE);
    await running.server.tick();
    expect(await told('broken')).toMatchObject({ stage: 'counted', trouble: null });
    expect(logged('an election is out of trouble')).toEqual([
      expect.objectContaining({ key: 'broken', step: 'count', seconds: 1800 }),
    ]);
    expect((await readiness()).degraded).toEqual([]);
  });

  it('tells by the row and not by the files where an election stands', async () => {
    const meta = writeMeta({ steering: {} });
    running = await run({ meta, people: ['vera', 'olga'], database });
    const vera = await running.signedIn('vera');
    const phaseForVera = async (): Promise<string | undefined> =>
      (await vera.api.me.get.query()).elections.find(({ key }) => key === 'steering')?.phase;
    expect(await told('steering')).toMatchObject({ stage: 'open', nextAt: ENDED + 1 });
    await vote(vera, 'steering', { ada: 1 });

    // A start moved later stops casting and keeps the ballots; every face says so.
    writeElection(meta, 'steering', { opens: '2026-03-05 00:00:00' });
    await running.server.sync();
    const opens = Date.parse('2026-03-05T00:00:00Z');
    expect(await told('steering')).toMatchObject({
      stage: 'upcoming',
      phase: 'upcoming',
      opensAt: opens,
      nextAt: opens,
    });
    expect(await phaseForVera()).toBe('upcoming');
    expect(running.site.built.at(-1)?.elections[0]).toMatchObject({ phase: 'upcoming', opensAt: opens });
    writeElection(meta, 'steering', {});
    await running.server.sync();
    expect(await told('steering')).toMatchObject({ stage: 'open', drift: [] });

    // An end moved after the close changes nothing.
    running.clock.set(AFTER);
    await running.server.tick();
    writeElection(meta, 'steering', { closes: '2026-03-20 00:00:00' });
    await running.server.sync();
    expect(await told('steering')).toMatchObject({
      stage: 'counted',
      phase: 'ended',
      closesAt: ENDED,
      nextAt: null,
      drift: ['end-after-close'],
    });
    expect(await phaseForVera()).toBe('ended');
    expect(running.site.built.at(-1)?.elections[0]).toMatchObject({ phase: 'ended', closesAt: ENDED });
    const officer = await running.signedIn('olga');
    expect((await officer.api.officer.elections.query()).elections[0]).toMatchObject({
      stage: 'counted',
      phase: 'ended',
      closesAt: ENDED,
    });
  });

  it('goes on past a step that hangs, and tells that it does', async () => {
    const patience = {
      patience: 150,
      longest: { count: 100, close: 100, open: 100, publish: 100, checkpoint: 100 },
    };
    running = await run({
      meta: writeMeta({ hanging: {}, sound: {} }),
      people: ['vera', 'olga'],
      database,
      overrides: { stepLimits: patience, around: hangingCount('hanging') },
    });
    await vote(await running.signedIn('vera'), 'sound', { ada: 1 });
    running.clock.set(AFTER);
    await running.server.tick();
    // On a busy machine its own count may take longer than the limit, too; it is tried again when that is due.
    const stageOfSound = async () => {
      running.clock.advance(MINUTE);
      await running.server.tick();
      return (await told('sound'))?.stage;
    };
    await expect.poll(stageOfSound, { timeout: 60_000 }).toBe('counted');
    await running.server.tick();
    expect(await told('hanging')).toMatchObject({
      stage: 'closed',
      trouble: { step: 'count', code: 'takes-too-long' },
    });
    // The PostgreSQL of the tests runs without fsync, which is said, and is no concern here.
    const expected = {
      status: database === 'sqlite' ? 200 : 503,
      degraded: ['election-in-trouble: hanging'],
    };
    expect(await readiness()).toEqual(expected);
    const began = performance.now();
    await running.stop();
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

it('takes an election for published when its files hold the stored result, and not before', async () => {
  const meta = writeMeta({ steering: {} });
  running = await run({ meta, people: ['vera', 'olga'] });
  await vote(await running.signedIn('vera'), 'steering', { ada: 1, bob: 2, cy: 3 });
  running.clock.set(AFTER);
  await running.server.tick();
  const officer = await running.signedIn('olga');
  const json = await officer.api.officer.resultsJson.query({ key: 'steering' });
  const file = join(meta, 'elections/steering/results.json');
  writeFileSync(file, json.replace(/"cast":\s*1/, '"cast":2'));
  await running.server.sync();
  expect(await told('steering')).toMatchObject({ stage: 'counted', trouble: null });
  writeFileSync(file, json);
  await running.server.sync();
  await running.server.tick();
  expect(await told('steering')).toMatchObject({ stage: 'published', trouble: null });
});

it('takes no end over that has passed already, and says so', async () => {
  const meta = writeMeta({ steering: {} });
  running = await run({ meta, people: ['vera', 'victor'] });
  await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
  writeElection(meta, 'steering', { closes: '2026-03-02 23:59:59' });
  await running.server.sync();
  expect(await told('steering')).toMatchObject({
    stage: 'open',
    closesAt: ENDED,
    drift: ['end-in-the-past'],
  });
  await vote(await running.signedIn('victor'), 'steering', { bob: 1 });
  writeElection(meta, 'steering', {});
  await running.server.sync();
  expect(await told('steering')).toMatchObject({ stage: 'open', closesAt: ENDED, drift: [] });
});

it('opens nothing for an election that was held elsewhere, and offers nobody to count it', async () => {
  running = await run({
    meta: writeMeta({ history: { opens: '2020-03-01 00:00:00', closes: '2020-03-07 23:59:59' } }),
    people: ['olga'],
  });
  expect(await told('history')).toMatchObject({ stage: 'held-elsewhere', phase: 'ended', trouble: null });
  const officer = await running.signedIn('olga');
  expect((await officer.api.officer.elections.query()).elections[0]).toMatchObject({
    stage: 'held-elsewhere',
    state: null,
  });
  await expect(officer.api.officer.close.mutate({ key: 'history' })).rejects.toMatchObject({
    data: { refusal: { kind: 'not-held-here' } },
  });
});

it('opens an election at its own moment, and at that of no visitor who comes before', async () => {
  let asked = 0;
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const late = (box: BallotBox): BallotBox => ({
    ...box,
    ensureOpened: async (...what) => {
      asked += 1;
      await gate;
      return box.ensureOpened(...what);
    },
  });
  running = await run({
    meta: writeMeta({ steering: {} }),
    people: ['vera', 'olga'],
    overrides: { around: late },
  });
  expect(asked).toBe(1);
  running.clock.advance(MINUTE);
  const vera = await running.signedIn('vera');
  await expect(vote(vera, 'steering', { ada: 1 })).rejects.toMatchObject({
    data: { refusal: { kind: 'not-open-yet' } },
  });
  expect(asked).toBe(1);
  running.clock.advance(MINUTE);
  const opened = running.clock.now();
  goOn();
  await expect.poll(async () => (await told('steering'))?.stage).toBe('open');
  await vote(vera, 'steering', { ada: 1 });
  const olga = await running.signedIn('olga');
  const record = await olga.api.officer.audit.query({ key: 'steering' });
  expect(record.map(({ action, at }) => ({ action, at }))).toContainEqual({ action: 'opened', at: opened });
});

it('tells why an election waits, and opens it when what was missing is there', async () => {
  const meta = writeMeta({ empty: { candidates: [] } });
  running = await run({ meta, people: ['vera'] });
  const waits = { stage: 'waiting', phase: 'upcoming', waiting: 'no-candidates', trouble: null };
  expect(await told('empty')).toMatchObject(waits);
  expect(running.site.built.at(-1)?.elections[0]).toMatchObject({
    stage: 'waiting',
    waiting: 'no-candidates',
  });
  writeElection(meta, 'empty', {});
  await running.server.sync();
  expect(await told('empty')).toMatchObject({ stage: 'open', waiting: null });
  await vote(await running.signedIn('vera'), 'empty', { ada: 1 });
});

it('closes and counts an election whose folder is gone', async () => {
  const meta = writeMeta({ gone: {}, stays: {} });
  running = await run({ meta, people: ['vera'] });
  await vote(await running.signedIn('vera'), 'gone', { ada: 1 });
  rmSync(join(meta, 'elections/gone'), { recursive: true });
  await running.server.sync();
  expect(await told('gone')).toMatchObject({ stage: 'open', nextAt: ENDED + 1 });
  running.clock.set(AFTER);
  await running.server.tick();
  expect(await told('gone')).toMatchObject({ stage: 'counted' });
});

it('is ready but degraded when no round was finished for five minutes', async () => {
  running = await run({ meta: writeMeta({ steering: {} }), people: [], database: 'sqlite' });
  running.clock.advance(5 * MINUTE + 1);
  // One answer a second for everybody: that of before is told until then.
  const soon = { timeout: 15_000, interval: 100 };
  await expect.poll(readiness, soon).toMatchObject({ status: 200, degraded: ['upkeep-stalled'] });
  await running.server.tick();
  await expect.poll(readiness, soon).toMatchObject({ status: 200, degraded: [] });
});

it('serves new definitions although their pages cannot be built, and says so', async () => {
  const meta = writeMeta({ steering: {} });
  running = await run({ meta, people: [], database: 'sqlite', overrides: { patience: { build: 300 } } });
  running.site.fail = new Error('Error: a page does not render');
  writeElection(meta, 'fresh', { name: 'Fresh' });
  await running.server.sync();
  expect(await told('fresh')).toMatchObject({ stage: 'open' });
  expect(await readiness()).toMatchObject({ status: 200, degraded: ['pages-not-built'] });
  running.site.fail = null;
  running.site.hang = true;
  writeElection(meta, 'fresh', { name: 'Fresher' });
  await running.server.sync();
  const { site } = (await status()) as unknown as { site: { problem: string } };
  expect(site.problem).toMatch(/given up/);
  running.site.hang = false;
  running.clock.advance(MINUTE);
  await running.server.tick();
  expect((await readiness()).degraded).toEqual([]);
});
