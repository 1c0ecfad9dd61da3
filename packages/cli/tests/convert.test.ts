import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'elekto-convert-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
const BLT = '3 2\n-3\n3 1 2 0\n1 2 0\n0\n"Ann"\n"Bob"\n"Cyd"\n"A vote"\n';

function run(args: readonly string[], input = ''): { status: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    input,
  });
  return { status, out: stdout, error: stderr };
}

describe('elekto convert', () => {
  it('writes another format, by the name of the new file, and says what is lost', () => {
    writeFileSync(path('a.blt'), BLT);
    const { status, out, error } = run(['convert', path('a.blt'), path('a.abif')]);
    expect([status, out]).toEqual([0, '']);
    expect(readFileSync(path('a.abif'), 'utf8')).toBe(
      '{version: "0.1"}\n{title: "A vote"}\n{seats: 2}\n=c1:[Ann]\n=c2:[Bob]\n=c3:[Cyd]\n1:c2\n3:c1>c2\n',
    );
    expect(error).toBe(
      `${path('a.blt')}: read as BLT: 4 ballots, 3 candidates, 2 seats; Cyd withdrew\n` +
        `${path('a.abif')}: written as ABIF; lost: ABIF does not say who withdrew\n`,
    );
  });

  it('reads standard input and writes standard output', () => {
    const { status, out } = run(['convert', '-', '-', '--to', 'csv', '--without', 'Cyd'], BLT);
    expect([status, out]).toEqual([0, 'Ann,Bob\nNo opinion,1\n1,2\n1,2\n1,2\n']);
  });

  it('writes nothing where ballots would change, and over nothing without being asked', () => {
    writeFileSync(path('ties.csv'), 'Ann,Bob\n1,1\n');
    const ties = run(['convert', path('ties.csv'), path('ties.out'), '--to', 'cvr']);
    expect(ties.status).toBe(1);
    expect(ties.error).toContain('one candidate a rank, and there are ballots with ties: nothing is written');
    writeFileSync(path('there.blt'), 'mine');
    expect(run(['convert', path('ties.csv'), path('there.blt')]).error).toContain(
      'is there already; --force',
    );
    expect(readFileSync(path('there.blt'), 'utf8')).toBe('mine');
    expect(run(['convert', path('ties.csv'), path('there.blt'), '--force']).status).toBe(0);
    expect(run(['convert', path('ties.csv'), path('there')]).error).toContain(
      'the name tells no format: say --to',
    );
    expect(run(['convert', path('absent'), path('b.blt')]).error).toContain('cannot be read (ENOENT)');
    expect(run(['convert', path('ties.csv'), join(path('no'), 'b.blt')]).error).toContain(
      'cannot be written (ENOENT)',
    );
  });
});

describe('elekto tally of other formats', () => {
  it('takes seats and who withdrew from the file, and leaves others out', () => {
    const { out, error } = run(['tally', '-', '--format', 'json'], BLT);
    const outcome = JSON.parse(out) as { candidates: string[]; seats: { elected: string[] } };
    expect([outcome.candidates, outcome.seats.elected]).toEqual([
      ['Ann', 'Bob'],
      ['Ann', 'Bob'],
    ]);
    expect(error).toBe('standard input: read as BLT: 4 ballots, 3 candidates, 2 seats; Cyd withdrew\n');
    const without = JSON.parse(
      run(['tally', '-', '--format', 'json', '--without', 'Ann', '--seats', '1'], BLT).out,
    ) as typeof outcome;
    expect([without.candidates, without.seats.elected]).toEqual([['Bob'], ['Bob']]);
    expect(run(['tally', '-', '--without', 'Zed'], BLT).error).toContain(
      '--without Zed: no candidate has this name: Ann, Bob, Cyd',
    );
  });

  it.each(['schulze', 'borda', 'irv', 'scottish-stv', 'meek-stv'])(
    'counts by %s as if those left out had not stood',
    (method) => {
      const file = '4 2\n5 4 1 2 0\n4 2 4 3 0\n3 3 4 1 0\n2 4 0\n0\n"A"\n"B"\n"C"\n"D"\n';
      const same = '3 2\n5 1 2 0\n4 2 3 0\n3 3 1 0\n2 0\n0\n"A"\n"B"\n"C"\n';
      const args = ['tally', '-', '--method', method, '--format', 'json'];
      expect(run([...args, '--without', 'D'], file).out).toBe(run(args, same).out);
    },
  );

  it('counts scores from the highest only when told, and asks when numbers may be either', () => {
    const text = `A,B,C\n${'5,4,2\n'.repeat(20)}`;
    expect(run(['tally', '-'], text).error).toContain(
      '1 may be best (--low-is-best) or 5, the highest number (--high-is-best)',
    );
    const winner = (flag: string): string => run(['tally', '-', flag], text).out.split('\n')[0] as string;
    expect([winner('--high-is-best'), winner('--low-is-best')]).toEqual(['A is elected.', 'C is elected.']);
    const whole = run(['tally', '-'], 'A,B,C\n3,2,1\n3,2,1\n');
    expect([whole.status, whole.out]).toEqual([1, '']);
    expect(whole.error).toContain('1 may be best (--low-is-best) or 3, the highest number (--high-is-best)');
    expect(run(['convert', '-', '-', '--to', 'blt'], 'A,B,C\n3,2,1\n').error).toContain('1 may be best');
  });

  it('names both readings of a file that may be two', () => {
    const { status, error } = run(['tally', '-'], '1,2\n2,1\n');
    expect(status).toBe(1);
    expect(error).toContain(
      '--from csv) or CIVS lines (rows of ranks without a line of names above; --from civs)',
    );
  });
});
