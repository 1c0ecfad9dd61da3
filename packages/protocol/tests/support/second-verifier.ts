import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyResults } from '@elekto/protocol/result';
import { expect } from 'vitest';
import type { Tampered } from './cases.ts';

const SECOND = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url));

/** The first check of the library that fails, or `ok`. */
export async function first({ ballots, results, key }: Tampered): Promise<string> {
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
export function second(cases: readonly Tampered[]): string[] | null {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-second-'));
  const file = join(dir, 'cases.jsonl');
  writeFileSync(file, cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const ran = spawnSync('python3', [SECOND, '--batch', file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(dir, { recursive: true });
  if (ran.error !== undefined) return null;
  expect(ran.stderr).toBe('');
  return ran.stdout.trimEnd().split('\n');
}
