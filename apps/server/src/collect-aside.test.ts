import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Of a process of its own: name and nice value of each thread, by proc_pid_stat(5), before and after. */
const PROGRAM = `
import { readdirSync, readFileSync } from 'node:fs';
const { collectAside } = await import(${JSON.stringify(new URL('./collect-aside.ts', import.meta.url))});
const threads = () => readdirSync('/proc/self/task').map((thread) => {
  const stat = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8');
  return [stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])];
});
const before = threads();
collectAside();
console.log(JSON.stringify([before, threads()]));
`;
type Threads = readonly (readonly [string, number])[];

it.runIf(process.platform === 'linux')('threads that collect garbage go after all others', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], { encoding: 'utf8' });
  const [before, after] = JSON.parse(said) as [Threads, Threads];
  const usual = before[0]?.[1] ?? 0;
  expect(before.every(([, nice]) => nice === usual)).toBe(true);
  expect(after.filter(([name]) => name === 'V8Worker').length).toBeGreaterThan(0);
  for (const [name, nice] of after) expect([name, nice]).toEqual([name, name === 'V8Worker' ? 10 : usual]);
});
