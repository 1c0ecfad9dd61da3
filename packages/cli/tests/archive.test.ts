import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = join(root, 'packages/cli/src/main.ts');
const given = join(root, '../shared/data/real');
const present = existsSync(given);
if (!present) console.warn('NOTICE: ../shared is absent, so the archive is not recounted in this run.');

const folder = mkdtempSync(join(tmpdir(), 'elekto-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

function archive(...args: string[]): { status: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'archive', ...args], {
    encoding: 'utf8',
  });
  return { status, out: stdout, error: stderr };
}

/** The cells of the rows of a table, whatever its columns are wide. */
function rowsOf(markdown: string): string[][] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| ['));
  return rows.map((row) => row.split('|').map((cell) => cell.trim()));
}

const list = (entries: object[]): string => {
  const path = join(folder, 'list.json');
  writeFileSync(path, JSON.stringify(entries));
  return path;
};
const BASE = {
  name: 'One',
  source: 'https://example.org/one',
  file: 'one.csv',
  read: { best: 'lowest' },
  seats: 1,
  elected: ['B'],
};

describe('elekto archive', () => {
  it.runIf(present)('gives the rows of docs/archive.md again, for the ballots that are here', () => {
    const { status, out, error } = archive(given);
    const documented = rowsOf(readFileSync(join(root, 'docs/archive.md'), 'utf8'));
    const again = rowsOf(out);
    expect(status).toBe(0);
    expect(again.length).toBeGreaterThanOrEqual(8);
    for (const row of again) expect(documented).toContainEqual(row);
    expect(error).toContain(`${again.length} of ${again.length} agree`);
  });

  it('says what differs, and which file is missing', () => {
    writeFileSync(join(folder, 'one.csv'), 'A,B,C\n1,2,3\n1,3,2\n2,1,3\n');
    const entries = [
      BASE,
      { ...BASE, name: 'Two', elected: ['A'], ranking: ['A', 'C', 'B'], note: 'A typing error.' },
      { ...BASE, name: 'Three', elected: ['C'], read: { best: 'highest' }, without: ['B'], method: 'borda' },
      { ...BASE, name: 'Four', file: 'four.csv' },
    ];
    const { status, out, error } = archive(folder, '--list', list(entries));
    expect(status).toBe(0);
    expect(rowsOf(out).map((row) => row.slice(2, 8))).toEqual([
      ['Schulze', '1', '3', 'B', 'A', 'no'],
      ['Schulze', '1', '3', 'A', 'the same', 'in the seats, not in the ranking. A typing error.'],
      ['Borda, without B', '1', '3', 'C', 'the same', 'yes'],
    ]);
    expect(error).toBe('Four: four.csv is not there\n1 of 3 agree\n');
  });

  it.each([
    [[{ ...BASE, seats: 0 }], '[0].seats'],
    [[{ ...BASE, winner: 'B' }], 'winner'],
    [[], 'holds no file of the list'],
  ])('refuses a list that is none', (entries, message) => {
    const { status, error } = archive(folder, '--list', list(entries));
    expect(status).toBe(1);
    expect(error).toContain(message);
  });
});
