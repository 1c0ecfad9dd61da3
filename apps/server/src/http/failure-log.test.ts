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
  failures.error({ err: Object.assign(new Error('read-only'), { code: '25006' }) }, 'unexpected error');
  expect(lines().at(-1)).toMatchObject({ err: { reason: '25006' } });
  expect(lines()).toHaveLength(17);
  for (let i = 0; i < 100; i += 1)
    failures.error({ err: Object.assign(new Error('odd'), { code: `E${i}` }) }, 'unexpected error');
  expect(lines()).toHaveLength(23);
  vi.advanceTimersByTime(60_000);
  expect(lines().at(-1)).toMatchObject({ failures: 5078, msg: expect.stringContaining('were not written') });
  failures.warn({ requestId: 'later' }, 'request failed');
  expect(lines().at(-1)).toMatchObject({ msg: 'request failed', requestId: 'later' });
  vi.advanceTimersByTime(60_000);
  expect(lines()).toHaveLength(25);
});
