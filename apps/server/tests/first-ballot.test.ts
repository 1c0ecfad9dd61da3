/** What is fixed of an election by its start, its first ballot and its close, seen from outside: over HTTP only. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from '@elekto/testing';
import type { Drift } from '@elekto/protocol/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { writeElection, writeMeta, type WrittenElection } from './support/meta.ts';
import { DATABASES, DURING, run, type Running } from './support/running.ts';
import { view, vote } from './support/voting.ts';

const elekto = promisify(execFile);
const main = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
const VOTERS = ['vera', 'victor', 'wanda'];
const HOUR = 3_600_000;
const at = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

describe.each(DATABASES)('an election, on %s,', (database) => {
  let meta: string;
  let running: Running;
  const now = Date.parse(DURING);
  beforeAll(async () => {
    meta = writeMeta({
      late: { voters: VOTERS, candidates: [] },
      moving: { voters: VOTERS },
      mistyped: { voters: VOTERS, exceptionsDue: '2026-03-07 00:00:00' },
      closing: { voters: VOTERS, closes: at(now + 24 * HOUR) },
      leaving: { voters: VOTERS, closes: at(now + 24 * HOUR) },
      renaming: { voters: VOTERS, exceptionsDue: '2026-03-07 00:00:00' },
    });
    running = await run({ meta, people: [...VOTERS, 'olga', 'rita'], database });
  });
  afterAll(() => running?.stop());

  const write = async (key: string, election: WrittenElection): Promise<void> => {
    rmSync(join(meta, 'elections', key), { recursive: true, force: true });
    writeElection(meta, key, { voters: VOTERS, ...election });
    await running.server.sync();
  };
  const toldOf = async (key: string) => {
    const olga = await running.signedIn('olga');
    const { elections } = await olga.api.officer.elections.query();
    return elections.find((election) => election.key === key);
  };
  const driftOf = async (key: string): Promise<readonly Drift[]> => (await toldOf(key))?.drift ?? [];

  it('has on the ballot whoever is merged before the first ballot, and waits while nobody is', async () => {
    const [vera, victor] = [await running.signedIn('vera'), await running.signedIn('victor')];
    expect(await refusalOf(vera.api.ballot.paper.query({ key: 'late' }))).toBe('waiting');
    expect(await refusalOf(vote(vera, 'late', {}))).toBe('waiting');
    await write('late', { candidates: ['ada'] });
    const paper = await vera.api.ballot.paper.query({ key: 'late' });
    expect(paper.manifest.candidates).toEqual(['ada']);
    await write('late', { candidates: ['ada', 'bob'] });
    expect((await vera.api.ballot.paper.query({ key: 'late' })).manifest.candidates).toEqual(['ada', 'bob']);
    expect(await driftOf('late')).toEqual([]);
    await vote(vera, 'late', { bob: 1 });
    await write('late', { candidates: ['ada', 'bob', 'cy'] });
    await vote(victor, 'late', { ada: 1, bob: 2 });
    expect(await driftOf('late')).toEqual([{ code: 'candidates-added', ids: ['cy'] }]);
    expect((await toldOf('late'))?.driftNames).toEqual({ cy: 'Cy' });
    expect(await view(vera, 'late')).toEqual({ bob: 1 });
  });

  it('whose start is moved later takes no ballots until then', async () => {
    const [vera, victor] = [await running.signedIn('vera'), await running.signedIn('victor')];
    await vote(vera, 'moving', { ada: 1 });
    await write('moving', { opens: at(now + 2 * HOUR) });
    expect(await refusalOf(vote(victor, 'moving', { bob: 1 }))).toBe('not-open-yet');
    expect(await view(vera, 'moving')).toEqual({ ada: 1 });
    await write('moving', { opens: at(now - HOUR) });
    await vote(victor, 'moving', { bob: 1 });
  });

  it('is not ended by a year that was mistyped', async () => {
    const [vera, victor] = [await running.signedIn('vera'), await running.signedIn('victor')];
    await vote(vera, 'mistyped', { ada: 1 });
    const rita = await running.signedIn('rita');
    const plea = { name: 'Rita', email: 'rita@example.org', reason: 'I was forgotten.' };
    const { id } = await rita.api.exception.request.mutate({ key: 'mistyped', ...plea });
    await write('mistyped', { opens: '2025-03-01 00:00:00', closes: '2025-03-07 23:59:59' });
    await running.server.tick();
    await vote(victor, 'mistyped', { bob: 1 });
    expect(await driftOf('mistyped')).toEqual([
      {
        code: 'end-in-the-past',
        file: Date.UTC(2025, 2, 7, 23, 59, 59),
        holds: Date.UTC(2026, 2, 7, 23, 59, 59),
      },
    ]);
    const closesAt = Date.UTC(2026, 2, 7, 23, 59, 59);
    for (const person of [running.browser(), rita])
      expect(await person.api.me.stand.query({ key: 'mistyped' })).toMatchObject({ closesAt });
    const olga = await running.signedIn('olga');
    const decision = { key: 'mistyped', id, version: 1, status: 'approved' as const, note: 'Welcome.' };
    expect(await olga.api.officer.decide.mutate(decision)).toMatchObject({ status: 'approved' });
    await write('mistyped', {});
    expect(await driftOf('mistyped')).toEqual([]);
  });

  it('gives requests to the folder that was renamed before anybody voted', async () => {
    const rita = await running.signedIn('rita');
    const plea = { name: 'Rita', email: 'rita@example.org', reason: 'I was forgotten.' };
    await rita.api.exception.request.mutate({ key: 'renaming', ...plea });
    rmSync(join(meta, 'elections/renaming'), { recursive: true });
    await write('renamed', {});
    const vera = await running.signedIn('vera');
    expect(await refusalOf(vera.api.ballot.paper.query({ key: 'renaming' }))).toBe('unknown-election');
    await vote(vera, 'renamed', { ada: 1 });
    const olga = await running.signedIn('olga');
    expect(await olga.api.officer.exceptions.query({ key: 'renamed' })).toEqual([]);
    const env = { ...bareEnvironment(), ...running.env };
    const { stdout } = await elekto(process.execPath, [main, 'election', 'rename', 'renaming', 'renamed'], {
      env,
    });
    expect(stdout).toMatch(/renaming.*renamed/);
    expect(await olga.api.officer.exceptions.query({ key: 'renamed' })).toMatchObject([{ name: 'Rita' }]);
    expect(await view(vera, 'renamed')).toEqual({ ada: 1 });
  });

  it('that is closed stays as it was, and one without a folder is counted at its end', async () => {
    const [vera, victor] = [await running.signedIn('vera'), await running.signedIn('victor')];
    for (const key of ['closing', 'leaving']) {
      await vote(vera, key, { ada: 1 });
      await vote(victor, key, { bob: 1 });
    }
    rmSync(join(meta, 'elections/leaving'), { recursive: true });
    await running.server.sync();
    const wanda = await running.signedIn('wanda');
    expect(await refusalOf(vote(wanda, 'leaving', { ada: 1 }))).toBe('election-withdrawn');
    running.clock.set(now + 25 * HOUR);
    await running.server.tick();
    await write('closing', { closes: at(now + 90 * HOUR), voters: ['vera'] });
    await write('leaving', { closes: at(now + 90 * HOUR) });
    const olga = await running.signedIn('olga');
    expect(await olga.api.officer.outcome.query({ key: 'closing' })).toMatchObject({ cast: 2, eligible: 3 });
    expect(await olga.api.officer.outcome.query({ key: 'leaving' })).toMatchObject({ cast: 2, eligible: 3 });
    expect(await refusalOf(vote(wanda, 'closing', { ada: 1 }))).toBe('already-closed');
    expect(await driftOf('closing')).toEqual([
      { code: 'end-after-close', file: now + 90 * HOUR, holds: now + 24 * HOUR },
    ]);
  });
});
