import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resultsMessage, verifyResults, type ResultsFile } from '@elekto/protocol/result';

const golden = new URL('golden/1/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, golden), 'utf8');
const names = readdirSync(golden, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const optional = (name: string): string | undefined =>
  existsSync(new URL(name, golden)) ? read(name) : undefined;

const seed = Buffer.from(read('signing-key.hex').trim(), 'hex');
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});
const publicKey = createPublicKey(key)
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64url');

function signed(file: ResultsFile): string {
  const signature = sign(null, resultsMessage(file), key).toString('base64url');
  return JSON.stringify({ ...file, signature });
}

describe('results of format 1 that were published', () => {
  it('cover every method, limits, ties, decisions and every kind of receipts', () => {
    const files = names.map((name) => JSON.parse(read(`${name}/results.json`)) as ResultsFile);
    expect(new Set(files.map(({ outcome }) => outcome.method)).size).toBe(9);
    expect(new Set(files.map(({ manifest }) => manifest.receipts)).size).toBe(3);
    expect(files.some(({ tieDecisions }) => tieDecisions.length > 1)).toBe(true);
    expect(files.some(({ manifest }) => manifest.representationLimit !== null)).toBe(true);
    expect(files.some(({ outcome }) => outcome.rounds.length > 1)).toBe(true);
  });

  it.each(names)('%s verifies, with the receipt and the tracker of its first voter', async (name) => {
    const receipt = optional(`${name}/receipt.json`);
    const tracker = optional(`${name}/tracker.txt`)?.trim();
    const { ok, checks } = await verifyResults({
      ballotsCsv: read(`${name}/ballots.csv`),
      resultsJson: read(`${name}/results.json`),
      publicKey,
      receipt,
      tracker,
    });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
  });
});

describe('a recount', () => {
  const check = (name: string, change: (file: ResultsFile) => ResultsFile) =>
    verifyResults({
      ballotsCsv: read(`${name}/ballots.csv`),
      resultsJson: signed(change(JSON.parse(read(`${name}/results.json`)) as ResultsFile)),
      publicKey,
    });

  it('does not mind how steps, reasons, warnings, explanations and messages of rounds are worded', async () => {
    for (const name of ['two-limit-ties-decided', 'scottish-stv-limit', 'decision-unused']) {
      const { ok } = await check(name, (file) => ({
        ...file,
        outcome: {
          ...file.outcome,
          steps: [],
          explanation: file.outcome.explanation.map((pair) => ({ ...pair, sentence: 'Worded anew.' })),
          warnings: file.outcome.warnings.map((warning) => ({ ...warning, message: 'Worded anew.' })),
          rounds: file.outcome.rounds.map((round) => ({ ...round, message: 'Worded anew.' })),
          seats: {
            ...file.outcome.seats,
            skipped: file.outcome.seats.skipped.map((each) => ({ ...each, reason: 'Worded anew.' })),
          },
        },
      }));
      expect(ok).toBe(true);
    }
  });

  it('minds every place, seat, open tie, decision, pair and round', async () => {
    const wrong = async (name: string, change: (outcome: ResultsFile['outcome']) => object) => {
      const { checks } = await check(name, (file) => ({
        ...file,
        outcome: { ...file.outcome, ...change(file.outcome) },
      }));
      return checks.filter(({ ok }) => !ok).map((each) => each.name);
    };
    const seats = (change: (seats: ResultsFile['outcome']['seats']) => object) =>
      ((outcome: ResultsFile['outcome']) => ({ seats: { ...outcome.seats, ...change(outcome.seats) } })) as (
        outcome: ResultsFile['outcome'],
      ) => object;
    expect(await wrong('schulze', ({ places }) => ({ places: places.slice(1) }))).toEqual(['recount']);
    expect(
      await wrong(
        'schulze',
        seats(({ elected }) => ({ elected: elected.toReversed() })),
      ),
    ).toEqual(['recount']);
    expect(
      await wrong(
        'tie-open',
        seats(() => ({ boundaryTie: null })),
      ),
    ).toEqual(['recount']);
    expect(
      await wrong(
        'tie-decided',
        seats(() => ({ decisions: [] })),
      ),
    ).toEqual(['recount']);
    expect(
      await wrong(
        'schulze-limit',
        seats(() => ({ skipped: [] })),
      ),
    ).toEqual(['recount']);
    expect(await wrong('irv', ({ rounds }) => ({ rounds: rounds.slice(1) }))).toEqual(['recount']);
    expect(
      await wrong('schulze', ({ pairwise }) => ({
        pairwise: { ...pairwise, ada: { ...pairwise['ada'], grace: 0 } },
      })),
    ).toEqual(['pairwise', 'recount']);
  });
});
