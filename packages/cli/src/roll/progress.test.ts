/** What `elekto roll` shows meanwhile: the names in it are those of a forge's answer. */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressBar } from './progress.ts';

const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
const { isTTY, columns } = process.stderr;
beforeEach(() => void err.mockClear());
afterAll(() => {
  vi.useRealTimers();
  err.mockRestore();
  Object.assign(process.stderr, { isTTY, columns });
});

const AT = 'org/\u001b[2J\u202ename\nAll is well.';
const shown = (isTerminal: boolean, width: number): string[] => {
  Object.assign(process.stderr, { isTTY: isTerminal, columns: width });
  vi.useFakeTimers({ toFake: ['Date'] });
  const bar = new ProgressBar();
  vi.setSystemTime(Date.now() + 60_000);
  bar.show({ done: 1, total: 2, at: AT });
  bar.end();
  return err.mock.calls.map(([text]) => String(text));
};

describe('the bar of progress', () => {
  it('is one line that no name of an answer steers, on a terminal', () => {
    const [line = '', ...more] = shown(true, 120);
    expect(line).toMatch(
      /^\r\u001b\[K#{12}\.{12} 1 of 2 repositories.* {2}org\/\ufffd\[2J\ufffdname\ufffdAll is well\.\r$/,
    );
    expect(more).toEqual(['\r\u001b[K']);
  });

  it('ends where the terminal does', () => {
    expect(shown(true, 30)[0]).toBe(`\r\u001b[K${'#'.repeat(12)}${'.'.repeat(12)} 1 of\r`);
  });

  it('is a line in a file, and one alone', () => {
    const [line = '', ...more] = shown(false, 0);
    expect(line).toMatch(/^1 of 2 repositories.* {2}org\/\ufffd\[2J\ufffdname\ufffdAll is well\.\n$/);
    expect(more).toEqual([]);
  });
});
