import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Receipt } from '@elekto/protocol/ballot';
import type { CheckName, ResultsFile2, VerifyInput } from '@elekto/protocol/result';
import { verifyResults } from '@elekto/protocol/result';
import {
  castFor,
  finish,
  generator,
  look,
  must,
  openElection,
  randomRanking,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

describe('a published result', () => {
  let world: World;
  let csv: string;
  let json: string;
  let receipt: Receipt;
  let tracker: string;
  const ranking = { grace: 1, ada: 2, mary: 2 };

  beforeAll(async () => {
    world = await startWorld('sqlite');
    const { election, people, officer } = await openElection(world, 20);
    const random = generator(3);
    const own = people[0] as Person;
    receipt = (await castFor(world, election, own, ranking, 'words')) as Receipt;
    for (const person of people.slice(1, 15)) await castFor(world, election, person, randomRanking(random));
    await finish(world, election);
    tracker = (await look(world, election, own, 'words')).seed.tracker ?? '';
    csv = must(await world.box.ballotsCsv(election, officer));
    json = must(await world.box.resultsJson(election, officer));
  });
  afterAll(() => world.end());

  const wrong = async (input: Partial<VerifyInput>): Promise<CheckName[]> => {
    const { ok, checks } = await verifyResults({ ballotsCsv: csv, resultsJson: json, ...input });
    const names = checks.filter((check) => !check.ok).map((check) => check.name);
    expect(ok).toBe(names.length === 0);
    return names;
  };
  const edited = (change: (file: ResultsFile2) => object): string => {
    const file = JSON.parse(json) as ResultsFile2;
    return JSON.stringify({ ...file, ...change(file) });
  };

  it('is in order, with the receipt and the tracker of a voter', async () => {
    const all = await verifyResults({
      ballotsCsv: csv,
      resultsJson: json,
      receipt: JSON.stringify(receipt),
      tracker: tracker.toUpperCase(),
    });
    expect(all.checks.map((check) => [check.name, check.ok])).toEqual(
      [
        'format',
        'signature',
        'manifest',
        'ballots',
        'count',
        'root',
        'pairwise',
        'recount',
        'receipt',
        'tracker',
      ].map((name) => [name, true]),
    );
    expect(all.ballot).toEqual(ranking);
  });

  it('may have its columns in another order', async () => {
    const columns = [4, 2, 0, 1, 3];
    const moved = csv
      .trim()
      .split('\n')
      .map((line) => `${columns.map((at) => line.split(',')[at]).join()}\n`)
      .join('');
    expect(await wrong({ ballotsCsv: moved })).toEqual([]);
  });

  it('does not pass with a ballot changed, removed, added or moved', async () => {
    const [header, ...rows] = csv.trim().split('\n') as [string, ...string[]];
    const file = (changed: string[]): string => `${[header, ...changed].join('\n')}\n`;
    const other = rows.findIndex((row) => row !== rows[0]);
    expect(await wrong({ ballotsCsv: file(rows.slice(1)) })).toEqual(
      expect.arrayContaining(['count', 'root']),
    );
    expect(await wrong({ ballotsCsv: file([...rows, rows[0] ?? '']) })).toEqual(
      expect.arrayContaining(['count', 'root']),
    );
    expect(await wrong({ ballotsCsv: file(rows.with(0, '5,4,3,2,1')) })).toEqual(
      expect.arrayContaining(['root', 'pairwise', 'recount']),
    );
    expect(
      await wrong({ ballotsCsv: file(rows.with(0, rows[other] ?? '').with(other, rows[0] ?? '')) }),
    ).toEqual(['root']);
    expect(await wrong({ ballotsCsv: 'a,b\n1,2' })).toEqual(['ballots']);
    expect(await wrong({ ballotsCsv: '' })).toEqual(['ballots']);
  });

  it('does not pass with anything changed in results.json', async () => {
    expect(await wrong({ resultsJson: edited(() => ({ eligible: 1000 })) })).toEqual(['signature']);
    expect(
      await wrong({ resultsJson: edited(({ manifest }) => ({ manifest: { ...manifest, seats: 3 } })) }),
    ).toEqual(expect.arrayContaining(['signature', 'manifest', 'recount']));
    expect(
      await wrong({ resultsJson: edited(({ trackers }) => ({ trackers: trackers.toReversed() })) }),
    ).toEqual(['signature', 'count', 'root']);
    expect(await wrong({ resultsJson: edited(({ records }) => ({ records: records.slice(1) })) })).toEqual([
      'signature',
      'count',
    ]);
    const elected = edited(({ outcome }) => ({
      outcome: { ...outcome, seats: { ...outcome.seats, elected: ['mary', 'barbara'] } },
    }));
    expect(await wrong({ resultsJson: elected })).toEqual(['signature', 'recount']);
    expect(await wrong({ publicKey: Buffer.alloc(32, 7).toString('base64url') })).toEqual(['signature']);
    expect(await wrong({ resultsJson: '{}' })).toEqual(['format']);
    expect(await wrong({ resultsJson: 'not json' })).toEqual(['format']);
  });

  it('says what is wrong with a receipt', async () => {
    const said = async (text: string): Promise<string> => {
      const { checks } = await verifyResults({ ballotsCsv: csv, resultsJson: json, receipt: text });
      const [found] = checks.filter((check) => check.name === 'receipt' && !check.ok);
      return found?.code ?? '';
    };
    expect(await said('x')).toBe('receipt-no-json');
    expect(await said('{}')).toBe('receipt-field');
    expect(await said(JSON.stringify({ ...receipt, more: 1 }))).toBe('receipt-fields');
    expect(await said(JSON.stringify({ ...receipt, manifestHash: '0'.repeat(64) }))).toBe(
      'receipt-other-election',
    );
    expect(await said(JSON.stringify({ ...receipt, recordHash: '0'.repeat(64) }))).toBe(
      'receipt-other-server',
    );
    const file = JSON.parse(json) as ResultsFile2;
    const without = JSON.stringify({
      ...file,
      records: file.records.filter((hash) => hash !== receipt.recordHash),
    });
    const { checks } = await verifyResults({
      ballotsCsv: csv,
      resultsJson: without,
      receipt: JSON.stringify(receipt),
    });
    expect(checks.find((check) => check.name === 'receipt')?.code).toBe('receipt-not-counted');
    expect(await wrong({ tracker: '0'.repeat(32) })).toEqual(['tracker']);
  });

  it('is checked by the command, which exits 1 with the reason', async () => {
    const at = (name: string, text: string): string => {
      const path = join(world.dir, name);
      writeFileSync(path, text);
      return path;
    };
    const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
    const run = (...args: string[]) =>
      new Promise<{ code: number; out: string }>((resolve) => {
        execFile(process.execPath, [main, 'verify', ...args], (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
        );
      });
    const [ballots, results] = [at('ballots.csv', csv), at('results.json', json)];
    const saved = at('receipt.json', JSON.stringify(receipt));
    const good = await run(ballots, results, '--receipt', saved, '--tracker', tracker);
    expect(good.out).toMatch(/ok\s+recount: A recount gives the same outcome/);
    expect(good.out).toMatch(/1\. grace\n {2}2\. ada\n {2}2\. mary/);
    expect(good.code).toBe(0);
    const bad = await run(at('bad.csv', csv.replace(/1/, '2')), results);
    expect(bad).toMatchObject({ code: 1 });
    expect(bad.out).toMatch(/WRONG root: The ballots are not the ones that were counted/);
    const lost = await run(ballots, results, '--tracker', '00');
    expect(lost).toMatchObject({ code: 1 });
    expect(lost.out).toMatch(/No ballot stands under this tracker/);
    expect((await run(join(world.dir, 'nothing'), results)).code).toBe(1);
  });
});
