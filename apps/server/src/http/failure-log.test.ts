import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createLog } from '../log.ts';

import { rationFailures } from './failure-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('writes the first failures of a minute in full, and of the others their number', () => {
  let text = '';
  const failures = rationFailures(createLog('info', { write: (line) => void (text += line) }));
  const lines = (): { msg: string; failures?: number }[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; failures?: number });
  for (let i = 0; i < 5000; i += 1)
    failures.error({ err: new Error('away'), requestId: `r${i}` }, 'unexpected error');
  expect(lines()).toHaveLength(16);
  expect(text.length).toBeLessThan(35_000);
  vi.advanceTimersByTime(60_000);
  expect(lines().at(-1)).toMatchObject({ failures: 4984, msg: expect.stringContaining('were not written') });
  failures.warn({ requestId: 'later' }, 'request failed');
  expect(lines().at(-1)).toMatchObject({ msg: 'request failed', requestId: 'later' });
  vi.advanceTimersByTime(60_000);
  expect(lines()).toHaveLength(18);
});
