import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { writeMeta } from './support/meta.ts';
import { run } from './support/running.ts';

it('says where the console will be that it is being built, and shows it as soon as it is there', async () => {
  const meta = writeMeta({ steering: {} });
  const place = mkdtempSync(join(tmpdir(), 'elekto-console-'));
  const consoleDir = join(place, 'web');
  const { promise: consoleMade, resolve: made } = Promise.withResolvers<void>();
  const running = await run({
    meta,
    people: [],
    now: '2026-02-01T00:00:00Z',
    database: 'sqlite',
    overrides: { consoleDir, consoleMade },
  });
  try {
    const get = async (path: string): Promise<[number, string]> => {
      const answer = await fetch(running.url + path, { headers: { accept: 'text/html' } });
      return [answer.status, await answer.text()];
    };
    const [status, page] = await get('/console/');
    expect(status).toBe(202);
    expect(page).toContain('The officer console is being built');
    expect((await get('/'))[0]).toBe(200);
    mkdirSync(consoleDir);
    writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>Console</title>');
    made();
    await expect.poll(() => get('/console/')).toEqual([200, '<!doctype html><title>Console</title>']);
  } finally {
    await running.stop();
    for (const dir of [meta, place]) rmSync(dir, { recursive: true, force: true });
  }
});
