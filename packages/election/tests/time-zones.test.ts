import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

async function phasesIn(zone: string): Promise<{ offset: number; lines: string[] }> {
  const script = fileURLToPath(new URL('./phases-in-zone.ts', import.meta.url));
  const { stdout } = await run(process.execPath, [script], {
    env: { ...process.env, TZ: zone, NODE_NO_WARNINGS: '1' },
  });
  return JSON.parse(stdout) as { offset: number; lines: string[] };
}

it('gives the same phases whatever the time zone of the machine', async () => {
  const [utc, line, west] = await Promise.all(
    ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'].map(phasesIn),
  );
  expect([utc?.offset, line?.offset, west?.offset].map((offset) => offset === 0)).toEqual([
    true,
    false,
    false,
  ]);
  expect(utc?.lines[0]).toContain(String(Date.UTC(2026, 2, 29, 0, 0, 1)));
  expect(line?.lines).toEqual(utc?.lines);
  expect(west?.lines).toEqual(utc?.lines);
});
