import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { withTemporary } from '../src/temporary.ts';

const MODULE = new URL('../src/temporary.ts', import.meta.url).href;

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'leaves nothing of a plain copy, and of what writes it, when %s ends the process',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'elekto-temporary-'));
    const script = `
      import { spawn } from 'node:child_process';
      import { mkdirSync, writeFileSync } from 'node:fs';
      import { endWithUs, withTemporary } from '${MODULE}';
      mkdirSync('${folder}/copy');
      await withTemporary('${folder}/copy', async () => {
        writeFileSync('${folder}/copy/database', 'plain');
        const writer = spawn('sleep', ['60']);
        endWithUs(writer);
        console.log(writer.pid);
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = (await once(child.stdout, 'data')) as [Buffer];
    expect(existsSync(join(folder, 'copy/database'))).toBe(true);
    child.kill(signal);
    const [, ended] = (await once(child, 'exit')) as [number | null, string];
    expect(ended, 'as if nobody had listened').toBe(signal);
    expect(readdirSync(folder)).toEqual([]);
    await expect.poll(() => existsSync(`/proc/${String(pid).trim()}/cwd`)).toBe(false);
  },
);

it('removes what is there when the work ends, and listens to no signal any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'elekto-temporary-'));
  const file = join(folder, 'copy');
  const listening = process.listenerCount('SIGINT');
  const made = withTemporary(file, async () => {
    writeFileSync(file, 'plain');
    expect(process.listenerCount('SIGINT')).toBe(listening + 1);
    await Promise.resolve();
    throw new Error('broken');
  });
  await expect(made).rejects.toThrow('broken');
  expect(readdirSync(folder)).toEqual([]);
  expect(process.listenerCount('SIGINT')).toBe(listening);
});
