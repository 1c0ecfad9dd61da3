/** What a disk that never answers does to a process; a pipe into which nobody writes stands for its files. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '@elekto/testing';
import { afterAll, expect, it } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'elekto-standstill-'));
afterAll(() => rmSync(dir, { recursive: true }));
const watch = JSON.stringify(join(import.meta.dirname, '../src/watch/standstill.ts'));

async function run(source: string): Promise<{ signal: string | null; code: number | null; out: string }> {
  const args = ['--input-type=module', '-e', `import { endWhenStandingStill } from ${watch};\n${source}`];
  const child = spawn(process.execPath, args, { env: bareEnvironment() });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, out };
}

it('a process whose disk never answers ends itself and says so', async () => {
  const pipe = join(dir, 'key');
  execFileSync('mkfifo', [pipe]);
  const { signal, out } = await run(
    `import { readFileSync } from 'node:fs';
     endWhenStandingStill(1000, 100);
     setTimeout(() => readFileSync(${JSON.stringify(pipe)}), 500);
     process.on('SIGTERM', () => process.exit(3));`,
  );
  expect(signal).toBe('SIGKILL');
  const said = JSON.parse(out) as { level: string; seconds: number; msg: string };
  expect(said).toMatchObject({ level: 'fatal', seconds: 1 });
  expect(said.msg).toMatch(/^the process stood still and ends itself: .*secrets directory/);
});

it('one that computes with pauses goes on, and ends when it has nothing more to do', async () => {
  const { code, signal, out } = await run(
    `endWhenStandingStill(2000, 100);
     let rounds = 0;
     const step = () => {
       const until = performance.now() + 400;
       while (performance.now() < until);
       if ((rounds += 1) < 8) setTimeout(step, 150);
       else console.log('done');
     };
     step();`,
  );
  expect({ code, signal, out }).toEqual({ code: 0, signal: null, out: 'done\n' });
});
