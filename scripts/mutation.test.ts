import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf, filesOf, PACKAGES } from './mutation-parts.ts';
import { keep, keptOf, type Result, resultOf, summary } from './mutation-results.ts';

const result = (changed: number, left: number, byClock = 0): Result => ({
  digest: 'd',
  changed,
  left: Array.from({ length: left }, (_, i) => `left ${i}`),
  byClock: Array.from({ length: byClock }, (_, i) => `clock ${i}`),
});

let root = '';
const put = (name: string, text: string): void => {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'elekto-mutation-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the files of a part', () => {
  it('are every source of the package once, without tests, helpers and lists of exports', () => {
    for (const [name, { parts }] of Object.entries(PACKAGES)) {
      const folder = join(import.meta.dirname, '../packages', name);
      const all = Object.values(parts).flatMap((part) => filesOf(folder, part));
      const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
        .map((file) => `src/${file.replaceAll('\\', '/')}`)
        .filter((file) => file.endsWith('.ts') && !/(\.test|\/testing|\/index|\/model)\.ts$/.test(file));
      expect(all.toSorted()).toEqual(sources.toSorted());
    }
  });
});

describe('a result that is kept', () => {
  const part = { sources: 'src/a', tests: ['b'] };
  beforeEach(() => {
    put('src/a/one.ts', '1');
    put('src/b/one.test.ts', 'test');
    put('src/b/other.ts', 'another part');
    put('src/testing.ts', 'helper');
    put('stryker.config.json', '{}');
    keep(root, 'src/a/one.ts', { ...result(3, 1), digest: digestOf(root, part) });
  });
  const kept = (): Result | null => keptOf(root, 'src/a/one.ts', digestOf(root, part));

  it('holds as long as what it was measured with is the same', () => {
    expect(kept()).toMatchObject({ changed: 3, left: ['left 0'] });
    put('src/b/other.ts', 'changed');
    expect(kept()).not.toBeNull();
    expect(keptOf(root, 'src/a/two.ts', digestOf(root, part))).toBeNull();
  });

  it.each([
    ['its source', 'src/a/one.ts'],
    ['a new source of its part', 'src/a/two.ts'],
    ['a test', 'src/b/one.test.ts'],
    ['a new test', 'src/b/two.test.ts'],
    ['what tests share', 'src/testing.ts'],
    ['a setting', 'stryker.config.json'],
    ['the tool', 'node_modules/@stryker-mutator/core/package.json'],
  ])('holds no longer when %s changed', (_, file) => {
    put(file, 'changed');
    expect(kept()).toBeNull();
  });
});

describe('the sum', () => {
  it('counts what tests noticed, and tells what only the clock stopped', () => {
    const at = { start: { line: 1, column: 2 } };
    const mutant = (status: string, statusReason?: string) => ({
      status,
      ...(statusReason === undefined ? {} : { statusReason }),
      replacement: 'a\n  < b',
      location: at,
    });
    const mutants = [
      mutant('Killed'),
      mutant('Survived'),
      mutant('NoCoverage'),
      mutant('Timeout'),
      mutant('Timeout', 'Hit limit reached (501/500)'),
      mutant('Ignored'),
      mutant('CompileError'),
    ];
    expect(resultOf({ files: { 'src/a.ts': { mutants } } }, 'd')).toEqual({
      digest: 'd',
      changed: 5,
      left: ['src/a.ts:1:2 a < b', 'src/a.ts:1:2 a < b'],
      byClock: ['src/a.ts:1:2 a < b'],
    });
  });

  const parts = (second: Result | null) => [
    { part: 'one', files: new Map([['src/a.ts', result(10, 0)]]) },
    { part: 'two', files: new Map([['src/b.ts', second]]) },
  ];

  it('is claimed of all files, with how many are from earlier runs', () => {
    const { lines, reached } = summary(parts(result(10, 2, 1)), new Set(['src/b.ts']), 0.9, false);
    expect(reached).toBe(true);
    expect(lines.slice(-2)).toEqual([
      'mutation      20 changed    18 noticed 90.0 %, 1 of them by the clock',
      '2 files: 1 measured by this run, 1 by earlier runs with the same sources, tests and tools.',
    ]);
    expect(summary(parts(result(10, 2)), new Set(), 0.9, true).reached).toBe(false);
    expect(summary(parts(result(10, 3)), new Set(), 0.9, false).reached).toBe(false);
  });

  it('is not claimed while a file has no result', () => {
    const { lines, reached } = summary(parts(null), new Set(), 0.9, false);
    expect(reached).toBe(false);
    expect(lines.at(-1)).toBe('No total: 1 of 2 files have no result yet: src/b.ts');
    expect(lines.join('\n')).not.toContain('mutation');
    expect(lines[1]).toBe('two            0 changed     0 noticed nothing to change, of 0 of 1 files');
  });
});
