import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyResults } from '@elekto/protocol/result';
import { liveDemo } from './demo-life.ts';
import { prepareDemo, shiftDates } from './demo.ts';

const example = join(import.meta.dirname, '../examples/driftwood');
const running = 'elections/steering/term-4/election.yaml';

describe('the demo', () => {
  it('moves the dates by whole days so that one election runs now', () => {
    const target = join(mkdtempSync(join(tmpdir(), 'elekto-demo-')), 'meta');
    const now = Date.UTC(2031, 0, 10, 17, 25);
    prepareDemo([example], target, now);
    const yaml = readFileSync(join(target, running), 'utf8');
    const at = (field: string) =>
      Date.parse(`${new RegExp(`${field}: (.*)`).exec(yaml)?.[1]?.replace(' ', 'T')}Z`);
    expect(at('start_datetime')).toBeLessThan(now);
    expect(at('end_datetime')).toBeGreaterThan(now);
    expect(yaml).toContain('name: Steering Committee, fourth term');
  });

  it('leaves what is there alone at the second start', () => {
    const target = join(mkdtempSync(join(tmpdir(), 'elekto-demo-')), 'meta');
    prepareDemo([example], target, Date.UTC(2031, 0, 10));
    writeFileSync(join(target, running), 'name: edited\n');
    prepareDemo([example], target, Date.UTC(2032, 0, 10));
    expect(readFileSync(join(target, running), 'utf8')).toBe('name: edited\n');
  });

  it('touches date lines only', () => {
    const text =
      'name: 2026-06-01 12:00:00\nstart_datetime: 2026-06-01 12:00:00\nexception_due: 2026-05-31 23:00:00\n';
    expect(shiftDates(text, 3_600_000)).toBe(
      'name: 2026-06-01 12:00:00\nstart_datetime: 2026-06-01 13:00:00\nexception_due: 2026-06-01 00:00:00\n',
    );
  });

  it('has a past: an election held to its published result, and a running one on its fourth day', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'elekto-demo-'));
    const meta = join(dataDir, 'meta');
    const shift = prepareDemo([example, `${example}-past`], meta, Date.now());
    await liveDemo(
      {
        ELEKTO_META: meta,
        ELEKTO_ELECTIONS_DIR: 'elections',
        ELEKTO_DATA_DIR: dataDir,
        ELEKTO_SECRETS_DIR: join(dataDir, 'secrets'),
        LOG_LEVEL: 'warn',
      },
      meta,
      shift ?? 0,
    );
    const read = (path: string): string => readFileSync(join(meta, 'elections', path), 'utf8');
    const ballotsCsv = read('releases/spring/ballots.csv');
    const verified = await verifyResults({ ballotsCsv, resultsJson: read('releases/spring/results.json') });
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(ballotsCsv.trim().split('\n')).toHaveLength(11);
    expect(verified.file?.tieDecisions).toMatchObject([{ winners: ['goran-ilic'], by: 'edda-lind' }]);
    expect(read('releases/spring/results.md')).toContain('Drawn by lot');
    expect(read('steering/term-4/candidate-viggo-holm.md')).toContain('Viggo T. Holm');
  }, 120_000);
});
