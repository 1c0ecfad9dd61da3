/** What a server publishes, checked by `elekto verify` as anybody would run it, and by a proof asked for without a name. */
import type { Receipt } from '@elekto/protocol/ballot';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { checkInclusion } from '@elekto/protocol/result';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { unlock, vote } from './support/voting.ts';

const key = 'steering';
const CLI = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
const BALLOTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  vera: { ada: 1, bob: 2, cy: 3 },
  victor: { ada: 1, bob: 2 },
  wanda: { bob: 1, ada: 2, cy: 2 },
  xaver: { ada: 1, cy: 3 },
  yann: {},
};
const VOTERS = Object.keys(BALLOTS);

describe('a published result', () => {
  let running: Running;
  let dir: string;
  let csv: string;
  let json: string;
  let receipt: Receipt | null;
  let foreign: Receipt | null;
  let tracker: string;
  let silent: string;

  beforeAll(async () => {
    const meta = writeMeta({
      steering: { voters: VOTERS },
      other: { voters: VOTERS },
      silent: { voters: VOTERS, extra: 'receipts: none' },
    });
    running = await run({ meta, people: [...VOTERS, 'olga'] });
    dir = mkdtempSync(join(tmpdir(), 'elekto-verify-'));
    for (const [login, ranking] of Object.entries(BALLOTS)) {
      const own = await vote(await running.signedIn(login), key, ranking);
      if (login === 'vera') receipt = own;
    }
    const wanda = await running.signedIn('wanda');
    foreign = await vote(wanda, 'other', { ada: 1 });
    await vote(wanda, 'silent', { ada: 1 });
    silent = (await unlock(wanda, 'silent')).seed.tracker ?? '';
    running.clock.set(Date.parse('2026-03-08T00:00:00Z'));
    await running.server.tick();
    tracker = (await unlock(await running.signedIn('vera'), key)).seed.tracker ?? '';
    const olga = await running.signedIn('olga');
    csv = await olga.api.officer.ballotsCsv.query({ key });
    json = await olga.api.officer.resultsJson.query({ key });
    await olga.api.officer.published.mutate({ key });
  });
  afterAll(async () => {
    await running?.stop();
    if (dir) rmSync(dir, { recursive: true, force: true });
  });

  let files = 0;
  const saved = (text: string): string => {
    const path = join(dir, `${(files += 1)}`);
    writeFileSync(path, text);
    return path;
  };
  const verify = (ballots: string, results: string, ...flags: string[]) =>
    new Promise<{ code: number; out: string; said: string }>((resolve) => {
      const args = [CLI, 'verify', saved(ballots), saved(results), ...flags];
      execFile(process.execPath, args, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout, said: stderr }),
      );
    });
  const keyIn = (text: string): string => (JSON.parse(text) as ResultsFile2).publicKey;
  const edited = (changes: Partial<ResultsFile2>): string =>
    JSON.stringify({ ...(JSON.parse(json) as ResultsFile2), ...changes });

  it('is in order: status 0, with the receipt, the tracker and the server known from before', async () => {
    const { publicKey } = JSON.parse(json) as ResultsFile2;
    const own = saved(JSON.stringify(receipt));
    const good = await verify(csv, json, '--receipt', own, '--tracker', tracker, '--key', publicKey);
    expect(good).toMatchObject({ code: 0, said: '' });
    expect(good.out).not.toContain('WRONG');
    expect(good.out).toContain('The ballot of this receipt was counted.');
    expect(good.out).toMatch(/1\. ada\n {2}2\. bob\n {2}3\. cy/);
  });

  it.each<[string, () => Parameters<typeof verify>, string | (() => string)]>([
    [
      'a cell changed',
      () => [csv.replace(/\n(.*)1/, '\n$12'), json],
      'The ballots are not the ones that were counted: one was changed, added, removed or moved.',
    ],
    [
      'a row removed',
      () => [`${csv.trim().split('\n').slice(0, -1).join('\n')}\n`, json],
      'results.json speaks of 5 ballots, ballots.csv has 4.',
    ],
    [
      'a row added',
      () => [`${csv.trim()}\n1,2,3\n`, json],
      'results.json speaks of 5 ballots, ballots.csv has 6.',
    ],
    [
      'another signature',
      () => [csv, edited({ signature: Buffer.alloc(64, 1).toString('base64url') })],
      'The signature of results.json is not valid: it was changed, or signed by another server.',
    ],
    [
      'another root',
      () => [csv, edited({ root: '0'.repeat(64) })],
      'The signature of results.json is not valid: it was changed, or signed by another server.',
    ],
    [
      'another server than the one known from before',
      () => [csv, json, '--key', Buffer.alloc(32, 7).toString('base64url')],
      () => `results.json is signed with the key ${keyIn(json)}, which is not the key that it should be.`,
    ],
    [
      'a receipt of another election',
      () => [csv, json, '--receipt', saved(JSON.stringify(foreign))],
      'The receipt belongs to another election.',
    ],
    [
      'a tracker nobody has',
      () => [csv, json, '--tracker', '0'.repeat(32)],
      'No ballot stands under this tracker.',
    ],
    [
      'a results file that is none',
      () => [csv, '<html>'],
      'results.json is not a results file of Elekto: line 1 is not JSON as signed files have it.',
    ],
  ])('is told apart from one with %s: status 1 and the reason in a sentence', async (_name, input, told) => {
    const reason = typeof told === 'string' ? told : told();
    const bad = await verify(...input());
    expect(bad.said).toBe(`verification failed: ${reason}\n`);
    expect(bad.out).toContain(`: ${reason}\n`);
    expect(bad.code).toBe(1);
  });

  it('proves to who has a tracker that its ballot was counted, without asking who they are', async () => {
    const file = JSON.parse(json) as ResultsFile2;
    const { proof } = await running.browser().api.ballot.inclusionProof.mutate({ key, tracker });
    expect(proof).toMatchObject({ tracker, ranks: [1, 2, 3], size: 5 });
    expect(proof && checkInclusion(proof, file)).toBe(true);
    expect(proof && checkInclusion({ ...proof, ranks: [3, 2, 1] }, file)).toBe(false);
  });

  it('proves nothing to who has none, nor for an election that gives none', async () => {
    const ask = (election: string, text: string) =>
      running.browser().api.ballot.inclusionProof.mutate({ key: election, tracker: text });
    expect(await ask(key, '0'.repeat(32))).toEqual({ proof: null });
    for (const text of ['', tracker.slice(1), tracker.toUpperCase(), `${tracker}0`])
      expect(await refusalOf(ask(key, text))).toBe('bad-request');
    // Without receipts nobody learns a tracker; whoever knew one would still get no proof.
    const wanda = await running.signedIn('wanda');
    const guess = { key: 'silent', authKey: 'A'.repeat(43) };
    expect(await refusalOf(wanda.api.ballot.unlock.mutate(guess))).toBe('link-destroyed');
    expect(await ask('silent', silent)).toEqual({ proof: null });
    expect(running.log()).not.toContain(tracker);
  });
});

describe('a proof', () => {
  it('is not given before the count', async () => {
    const running = await run({ meta: writeMeta({ steering: { voters: ['vera'] } }), people: ['vera'] });
    try {
      const vera = await running.signedIn('vera');
      await vote(vera, key, { ada: 1 });
      const { seed } = await unlock(vera, key);
      const ask = vera.api.ballot.inclusionProof.mutate({ key, tracker: seed.tracker ?? '' });
      expect(await refusalOf(ask)).toBe('not-ended-yet');
    } finally {
      await running.stop();
    }
  });
});
