/** Several processes of one computer, the app and commands, write what it remembers at once. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accept } from '@elekto/custody';
import { must } from '@elekto/custody/testing';
import { OfficerMemory } from '../src/index.ts';
import { asOneWriter } from '../src/one-writer.ts';

const RUN = 'a'.repeat(64);
const TOKEN = '0123456789abcdef';
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-writer-'));
  file = join(dir, 'deep', 'memory');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A process that acts, once it is told to, on boxes of elections of its own and then on one of a run that others act on, too. */
function another(box: string): { ready: Promise<unknown>; go: () => Promise<boolean> } {
  const code = `
    import { once } from 'node:events';
    import { OfficerMemory } from ${JSON.stringify(import.meta.resolve('../src/index.ts'))};
    const [file, box] = process.argv.slice(1);
    const memory = (await OfficerMemory.open(file)).value;
    console.log('ready');
    await once(process.stdin, 'data');
    let done = 0;
    for (let n = 10; n < 40; n += 1)
      if ((await memory.keepBox('of ' + box + n, box.repeat(62) + n, box.repeat(64), true)).ok) done += 1;
    const kept = await memory.keepBox('steering', ${JSON.stringify(RUN)}, box.repeat(64), true);
    process.stdout.write(JSON.stringify({ done, code: kept.ok ? null : kept.error.code }), () => process.exit());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, file, box], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ready = once(child.stdout, 'data');
  return {
    ready,
    go: async () => {
      const said = text(child.stdout);
      child.stdin.write('go');
      const { done, code } = JSON.parse(await said) as { done: number; code: string | null };
      expect(done).toBe(30);
      expect([null, 'act-other-box']).toContain(code);
      return code === null;
    },
  };
}

it('remembers what each of them wrote, and one of them alone acts on a box of a run', async () => {
  const all = ['b', 'c', 'd'].map(another);
  await Promise.all(all.map(({ ready }) => ready));
  const taken = await Promise.all(all.map(({ go }) => go()));
  expect(taken.filter(Boolean)).toHaveLength(1);
  const memory = must(await OfficerMemory.open(file));
  for (const box of ['b', 'c', 'd'])
    for (let n = 10; n < 40; n += 1) expect(memory.boxOf(`${box.repeat(62)}${n}`)?.box).toBe(box.repeat(64));
  expect(readdirSync(join(dir, 'deep'))).toEqual(['memory']);
});

/** What a process has left that died. */
const left = (token = TOKEN): string =>
  `${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()} ${token}\n`;

it.each([
  ['died', () => left()],
  ['died before locks had tokens', () => left('').replace(' \n', '\n')],
  ['had the number that this one has now', () => `${process.pid} ${hostname()} ${TOKEN}\n`],
])('waits for nobody who %s', async (_, holder) => {
  must(await asOneWriter(file, async () => accept(null)));
  writeFileSync(`${file}.lock`, holder());
  const both = await Promise.all([1, 2].map((n) => asOneWriter(file, async () => accept(n), 1000)));
  expect(both.map(must)).toEqual([1, 2]);
  expect(readdirSync(join(dir, 'deep'))).toEqual([]);
});

it('waits for nobody who died while they took away the lock of one who had died', async () => {
  must(await asOneWriter(file, async () => accept(null)));
  const [first, second, third] = ['1', '2', '3'].map((n) => n.repeat(16));
  writeFileSync(`${file}.lock`, left(first));
  writeFileSync(`${file}.lock.${first}`, left(second));
  writeFileSync(`${file}.lock.${first}.${second}`, left(third));
  expect(must(await asOneWriter(file, async () => accept(1), 1000))).toBe(1);
  expect(readdirSync(join(dir, 'deep'))).toEqual([]);
});

it('takes away nobody’s lock but its own, when it is done', async () => {
  const others = `1 elsewhere.example ${TOKEN}\n`;
  await asOneWriter(file, async () => {
    writeFileSync(`${file}.lock`, others);
    return accept(null);
  });
  expect(readFileSync(`${file}.lock`, 'utf8')).toBe(others);
});

it.each([
  ['of this computer that runs', `${process.ppid} ${hostname()} ${TOKEN}\n`],
  ['of another computer, of which nothing is known', `1 elsewhere.example\n`],
  ['that says nothing', ''],
])('does nothing while a process %s holds the file, and says what to do', async (_, holder) => {
  must(await asOneWriter(file, async () => accept(null)));
  writeFileSync(`${file}.lock`, holder);
  let began = false;
  const held = await asOneWriter(
    file,
    async () => {
      began = true;
      return accept(null);
    },
    50,
  );
  expect(held).toMatchObject({
    error: { code: 'act-memory', message: expect.stringContaining(`remove ${file}.lock`) },
  });
  expect(began).toBe(false);
  expect(existsSync(`${file}.lock`)).toBe(true);
});

it('lets the next one go on where the work of one failed', async () => {
  const failed = asOneWriter(file, () => Promise.reject(new Error('no disk')));
  const next = asOneWriter(file, async () => accept(1));
  await expect(failed).rejects.toThrow('no disk');
  expect(must(await next)).toBe(1);
});
