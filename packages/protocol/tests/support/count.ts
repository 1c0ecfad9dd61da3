import { type RunTask, runTask, type TaskResult } from '@elekto/custody/board';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import type { CountInput } from '@elekto/protocol/board';
import { verifyCount } from '@elekto/protocol/board';
import type { Check, ResultsFile3 } from '@elekto/protocol/result';
import { signerOf } from './golden.ts';

const GOLDEN_3 = new URL('../golden/3/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, GOLDEN_3), 'utf8');

/** The server that signed the golden counts by officers. */
export const COUNT_SERVER = signerOf(Buffer.from(text('signing-key.hex').trim(), 'hex'));
export const COUNT_SECRET = Uint8Array.from(Buffer.from(text('signing-key.hex').trim(), 'hex'));

/** Everything of a golden count by officers. */
export function goldenCount(name: string): CountInput & { readonly file: ResultsFile3 } {
  const folder = new URL(`${name}/board/`, GOLDEN_3);
  const board = new Map(
    readdirSync(folder).map((file) => [file, Uint8Array.from(readFileSync(new URL(file, folder)))] as const),
  );
  const resultsJson = text(`${name}/results.json`);
  const file = JSON.parse(resultsJson) as ResultsFile3;
  return {
    resultsJson,
    ballotsCsv: text(`${name}/ballots.csv`),
    transcript: text('custody.json'),
    board,
    file,
  };
}

/** A file beside a golden count: a receipt, a release. */
export const besideCount = (name: string): string => text(name);

const seen = new Map<string, TaskResult>();

/** `runTask`, which does the same task once. */
const runOnce: RunTask = (task) => () => {
  const name = createHash('sha256').update(serialize(task)).digest('hex');
  const result = seen.get(name) ?? runTask(task);
  seen.set(name, result);
  return Promise.resolve(result);
};

/** Every check of a count, in order. */
export async function checksOf(input: CountInput): Promise<Check[]> {
  const checks: Check[] = [];
  for await (const check of verifyCount(input, runOnce)) checks.push(check);
  return checks;
}

/** How a verification ends: `ok`, or the code (and the reason on the board) of the line that ends it. */
export async function endOf(input: CountInput): Promise<string> {
  const checks = await checksOf(input);
  const last = checks.at(-1);
  if (checks.slice(0, -1).some(({ ok }) => !ok)) return 'went on after a false line';
  if (last === undefined || last.ok) return last?.name === 'signature' ? 'ok' : 'ended early';
  return last.code === 'board-refused' ? String(last.facts.reason) : last.code;
}
