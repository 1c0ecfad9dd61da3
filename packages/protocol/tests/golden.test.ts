import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verifyResults } from '@elekto/protocol/result';
import type { ResultsFile1 } from '@elekto/protocol/result';
import { golden, goldenFile, goldenIfThere, GOLDEN_NAMES, SERVER, signerOf } from './support/golden.ts';

describe('results of format 1 that were published', () => {
  it('cover every method, limits, ties, decisions and every kind of receipts', () => {
    const files = GOLDEN_NAMES.map(goldenFile);
    expect(new Set(files.map(({ outcome }) => outcome.method)).size).toBe(9);
    expect(new Set(files.map(({ manifest }) => manifest.receipts)).size).toBe(3);
    expect(files.some(({ tieDecisions }) => tieDecisions.length > 1)).toBe(true);
    expect(files.some(({ manifest }) => manifest.representationLimit !== null)).toBe(true);
    expect(files.some(({ outcome }) => outcome.rounds.length > 1)).toBe(true);
  });

  it.each(GOLDEN_NAMES)('%s verifies, with the receipt and the tracker of its first voter', async (name) => {
    const receipt = goldenIfThere(`${name}/receipt.json`);
    const tracker = goldenIfThere(`${name}/tracker.txt`)?.trim();
    const { ok, checks } = await verifyResults({
      ballotsCsv: golden(`${name}/ballots.csv`),
      resultsJson: golden(`${name}/results.json`),
      publicKey: SERVER.publicKey,
      receipt,
      tracker,
    });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
  });
});

describe('results of format 2 that were published', () => {
  const folder = new URL('golden/2/', import.meta.url);
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const read = (path: string): string | undefined =>
    existsSync(new URL(path, folder)) ? readFileSync(new URL(path, folder), 'utf8') : undefined;
  const { publicKey } = signerOf(Buffer.from(read('signing-key.hex')?.trim() ?? '', 'hex'));

  it.each(names)('%s verifies, with the receipt and the tracker of its first voter', async (name) => {
    const { ok, checks } = await verifyResults({
      ballotsCsv: read(`${name}/ballots.csv`) ?? null,
      resultsJson: read(`${name}/results.json`) ?? '',
      publicKey,
      folder: `golden---${name}`,
      receipt: read(`${name}/receipt.json`),
      tracker: read(`${name}/tracker.txt`)?.trim(),
    });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
  });
});

describe('a recount', () => {
  const check = (name: string, change: (file: ResultsFile1) => ResultsFile1) =>
    verifyResults({
      ballotsCsv: golden(`${name}/ballots.csv`),
      resultsJson: JSON.stringify(SERVER.sign(change(goldenFile(name)))),
      publicKey: SERVER.publicKey,
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
    const wrong = async (name: string, change: (outcome: ResultsFile1['outcome']) => object) => {
      const { checks } = await check(name, (file) => ({
        ...file,
        outcome: { ...file.outcome, ...change(file.outcome) },
      }));
      return checks.filter(({ ok }) => !ok).map((each) => each.name);
    };
    const seats = (change: (seats: ResultsFile1['outcome']['seats']) => object) =>
      ((outcome: ResultsFile1['outcome']) => ({ seats: { ...outcome.seats, ...change(outcome.seats) } })) as (
        outcome: ResultsFile1['outcome'],
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
