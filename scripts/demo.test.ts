import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareDemo, shiftDates } from './demo.ts';

const example = join(import.meta.dirname, '../examples/driftwood');
const running = 'elections/steering/term-4/election.yaml';

describe('the demo', () => {
  it('moves the dates by whole days so that one election runs now', () => {
    const target = join(mkdtempSync(join(tmpdir(), 'elekto-demo-')), 'meta');
    const now = Date.UTC(2031, 0, 10, 17, 25);
    prepareDemo(example, target, now);
    const yaml = readFileSync(join(target, running), 'utf8');
    const at = (field: string) =>
      Date.parse(`${new RegExp(`${field}: (.*)`).exec(yaml)?.[1]?.replace(' ', 'T')}Z`);
    expect(at('start_datetime')).toBeLessThan(now);
    expect(at('end_datetime')).toBeGreaterThan(now);
    expect(yaml).toContain('name: Steering Committee, fourth term');
  });

  it('leaves what is there alone at the second start', () => {
    const target = join(mkdtempSync(join(tmpdir(), 'elekto-demo-')), 'meta');
    prepareDemo(example, target, Date.UTC(2031, 0, 10));
    writeFileSync(join(target, running), 'name: edited\n');
    prepareDemo(example, target, Date.UTC(2032, 0, 10));
    expect(readFileSync(join(target, running), 'utf8')).toBe('name: edited\n');
  });

  it('touches date lines only', () => {
    const text =
      'name: 2026-06-01 12:00:00\nstart_datetime: 2026-06-01 12:00:00\nexception_due: 2026-05-31 23:00:00\n';
    expect(shiftDates(text, 3_600_000)).toBe(
      'name: 2026-06-01 12:00:00\nstart_datetime: 2026-06-01 13:00:00\nexception_due: 2026-06-01 00:00:00\n',
    );
  });
});
