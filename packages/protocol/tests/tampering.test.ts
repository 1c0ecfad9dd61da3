import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifyResults } from '@elekto/protocol/result';
import { asFormat2, golden, GOLDEN_NAMES, SERVER } from './support/golden.ts';
import {
  changedBallots,
  changedResults,
  doubledKeys,
  listedTamperings,
  looseJson,
  signedByTheServer,
} from './support/cases.ts';
import type { Tampered } from './support/cases.ts';

const SECOND = fileURLToPath(new URL('second-verifier/verify.py', import.meta.url));

/** The first check that fails, or `ok`. */
async function first({ ballots, results, key }: Tampered): Promise<string> {
  const { ok, checks } = await verifyResults({
    ballotsCsv: ballots,
    resultsJson: results,
    publicKey: key ?? undefined,
  });
  const wrong = checks.find((check) => !check.ok);
  expect(ok).toBe(wrong === undefined);
  return wrong?.name ?? 'ok';
}

/** What the second verifier says of all of them; null where there is no Python. */
function second(cases: readonly Tampered[]): string[] | null {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-second-'));
  const file = join(dir, 'cases.jsonl');
  writeFileSync(file, cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const ran = spawnSync('python3', [SECOND, '--batch', file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(dir, { recursive: true });
  if (ran.error !== undefined) return null;
  expect(ran.stderr).toBe('');
  return ran.stdout.trimEnd().split('\n');
}

const genuine: Tampered[] = GOLDEN_NAMES.flatMap((name) => {
  const ballots = golden(`${name}/ballots.csv`);
  const key = SERVER.publicKey;
  // In format 2 a decision that settles nothing is refused.
  if (name === 'decision-unused') {
    return [{ name, ballots, results: golden(`${name}/results.json`), key }];
  }
  return [
    { name: `${name} of format 1`, ballots, results: golden(`${name}/results.json`), key },
    { name, ballots, results: JSON.stringify(asFormat2(name)), key },
    {
      name: `${name} with CR LF`,
      ballots: ballots.replaceAll('\n', '\r\n'),
      results: JSON.stringify(asFormat2(name)),
      key,
    },
  ];
});

const tampered = (): Tampered[] => [
  ...signedByTheServer(),
  ...doubledKeys(),
  ...looseJson(),
  ...changedBallots(),
  // All small changes of one result, and a fifth of those of the others.
  ...[...changedResults()].filter(({ name }, i) => name.startsWith('schulze:') || i % 5 === 0),
];

describe('tampering', () => {
  it('leaves nothing that the library takes for genuine, and genuine results are taken', async () => {
    for (const each of genuine) expect(await first(each), each.name).toBe('ok');
    const cases = tampered();
    expect(cases.length).toBeGreaterThan(1000);
    const passed: string[] = [];
    for (const each of cases) if ((await first(each)) === 'ok') passed.push(each.name);
    expect(passed).toEqual([]);
  });

  it('is told the same by a second verifier, written in another language from the documents alone', async (context) => {
    // Of the many small changes, which need a signature to be computed each, also every fortieth.
    const all = [...genuine, ...listedTamperings(), ...[...changedResults()].filter((_, i) => i % 40 === 0)];
    const found = second(all);
    if (found === null) return context.skip('there is no python3 here');
    const other: string[] = [];
    for (const [i, each] of all.entries()) {
      const mine = await first(each);
      if (mine !== found[i]) other.push(`${each.name}: ${mine} here, ${found[i]} there`);
    }
    expect(other).toEqual([]);
  });
});
