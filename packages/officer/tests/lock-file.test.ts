/** Processes that die while they hold a lock, take it or take it away: in made-up orders of their steps, and as they come. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate as settled } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeLock } from '../src/lock-file.ts';

let dir: string;
let lock: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-lock-'));
  lock = join(dir, 'memory.lock');
});
afterEach(() => {
  vi.doUnmock('node:fs/promises');
  vi.resetModules();
  vi.unstubAllGlobals();
  rmSync(dir, { recursive: true, force: true });
});

const fault = (code: string): Error => Object.assign(new Error(code), { code });

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Processes of one made-up computer, of which each step on its disk waits until it is its turn. */
class Computer {
  readonly files = new Map<string, string>();
  readonly dead = new Set<number>();
  readonly inside = new Set<number>();
  /** By process, how often it had the lock. */
  readonly served = new Map<number, number>();
  #steps: { readonly pid: number; readonly go: () => void }[] = [];
  readonly #running = new AsyncLocalStorage<number>();
  #born = 0;

  /** The module as each of its processes runs it. */
  async start(): Promise<typeof takeLock> {
    const pid = (): number => this.#running.getStore() ?? 0;
    const kill = (other: number): true => {
      if (this.dead.has(other)) throw fault('ESRCH');
      return true;
    };
    vi.stubGlobal('process', Object.create(process, { pid: { get: pid }, kill: { value: kill } }) as unknown);
    vi.doMock('node:fs/promises', () => ({
      constants: { COPYFILE_EXCL: 1 },
      mkdir: () => Promise.resolve(),
      readFile: async (name: string) => {
        await this.step();
        const said = this.files.get(name);
        if (said === undefined) throw fault('ENOENT');
        return said;
      },
      writeFile: async (name: string, said: string) => {
        await this.step();
        if (this.files.has(name)) throw fault('EEXIST');
        this.files.set(name, '');
        await this.step();
        this.files.set(name, said);
      },
      link: async (from: string, to: string) => {
        await this.step();
        if (this.files.has(to)) throw fault('EEXIST');
        this.files.set(to, this.files.get(from) ?? 'nothing');
      },
      rm: async (name: string) => {
        await this.step();
        this.files.delete(name);
      },
    }));
    vi.resetModules();
    return (await import('../src/lock-file.ts')).takeLock;
  }

  /** A new process that takes the lock time and again. */
  bear(take: typeof takeLock): void {
    this.#born += 1;
    const pid = 1000 + this.#born;
    this.served.set(pid, 0);
    void this.#running.run(pid, async () => {
      for (;;) {
        const held = await take('memory.lock');
        if (typeof held === 'string') {
          await this.step();
          continue;
        }
        this.inside.add(pid);
        await this.step();
        this.inside.delete(pid);
        this.served.set(pid, (this.served.get(pid) ?? 0) + 1);
        await held.release();
      }
    });
  }

  step(): Promise<void> {
    const pid = this.#running.getStore() ?? 0;
    return new Promise((go) => this.#steps.push({ pid, go }));
  }

  /** One of them, whichever, does its next step; or dies instead. */
  async next(random: () => number, deaths: number): Promise<'went on' | 'died'> {
    await settled();
    const [one] = this.#steps.splice(Math.floor(random() * this.#steps.length), 1);
    if (one === undefined) throw new Error('nobody has anything to do');
    if (random() >= deaths) {
      one.go();
      return 'went on';
    }
    this.dead.add(one.pid);
    this.inside.delete(one.pid);
    this.served.delete(one.pid);
    return 'died';
  }
}

describe('a lock', () => {
  it.each([1, 2, 3, 4, 5, 6])('is held by one at a time, and by nobody dead (%i)', async (seed) => {
    const computer = new Computer();
    const take = await computer.start();
    const random = randomOf(seed);
    for (let n = 0; n < 5; n += 1) computer.bear(take);
    for (let n = 0; n < 5000; n += 1) {
      if ((await computer.next(random, 0.02)) === 'died') computer.bear(take);
      expect([...computer.inside].length, 'at once').toBeLessThan(2);
    }
    expect(computer.dead.size).toBeGreaterThan(50);
    const before = new Map(computer.served);
    for (let n = 0; n < 3000; n += 1) await computer.next(random, 0);
    for (const [pid, count] of computer.served) expect(count).toBeGreaterThan(before.get(pid) ?? 0);
  });

  /** Takes the lock time and again until it dies, at any moment or just as it holds it, and says what went wrong. */
  const mortal = `
    import { readFileSync, rmSync, writeFileSync } from 'node:fs';
    import { setTimeout as wait } from 'node:timers/promises';
    import { takeLock } from ${JSON.stringify(import.meta.resolve('../src/lock-file.ts'))};
    const [lock, until] = process.argv.slice(1);
    const inside = lock + '-inside';
    const isAlive = (pid) => { try { return process.kill(pid, 0); } catch { return false; } };
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), Math.random() * 200);
    while (Date.now() < Number(until)) {
      const held = await takeLock(lock);
      if (typeof held === 'string') {
        await wait(1);
        continue;
      }
      try {
        writeFileSync(inside, String(process.pid), { flag: 'wx' });
      } catch {
        // Left by one who died in here, as the lock was.
        const other = Number(readFileSync(inside, 'utf8'));
        if (other > 0 && isAlive(other)) console.log('two at once:', other, process.pid);
      }
      await wait(1);
      if (Math.random() < 0.2) process.kill(process.pid, 'SIGKILL');
      rmSync(inside, { force: true });
      await held.release();
    }
    process.exit();`;

  it('is the same among real processes', async () => {
    const until = Date.now() + 4000;
    const wrong: string[] = [];
    const line = async (): Promise<void> => {
      while (Date.now() < until - 200) {
        const child = spawn(process.execPath, ['--input-type=module', '-e', mortal, lock, `${until}`], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
        if (said !== '') wrong.push(said);
      }
    };
    await Promise.all(Array.from({ length: 6 }, line));
    expect(wrong).toEqual([]);
    // Each look takes away what one of the dead has left: a lock, or the second file of who took one away.
    let held = await takeLock(lock);
    for (let looks = 0; typeof held === 'string' && looks < 20; looks += 1) held = await takeLock(lock);
    if (typeof held === 'string') throw new Error(`stuck behind ${held}`);
    await held.release();
    expect(existsSync(lock)).toBe(false);
  }, 30_000);

  it('is as good on a disk that gives no file two names', async () => {
    const real = await vi.importActual<object>('node:fs/promises');
    vi.doMock('node:fs/promises', () => ({ ...real, link: () => Promise.reject(fault('EPERM')) }));
    vi.resetModules();
    const { takeLock: take } = await import('../src/lock-file.ts');
    const held = await take(lock);
    expect(readFileSync(lock, 'utf8')).toMatch(`${process.pid} ${hostname()} `);
    expect(await take(lock)).toBe(`${process.pid}`);
    if (typeof held === 'string') throw new Error(`stuck behind ${held}`);
    await held.release();
    expect(readdirSync(dir)).toEqual([]);
  });
});
