/** A reporter of vitest: at the end of a run it names the files that took longest, hooks and imports included. */
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** How many are named. */
const NAMED = 10;

/** Seconds of a file: its imports, hooks and tests. */
function secondsOf(module: TestModule): number {
  const { duration, collectDuration, setupDuration, prepareDuration, environmentSetupDuration } =
    module.diagnostic();
  return (duration + collectDuration + setupDuration + prepareDuration + environmentSetupDuration) / 1000;
}

export default class Dearest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const timed = modules
      .map((module) => ({ path: relative(process.cwd(), module.moduleId), seconds: secondsOf(module) }))
      .sort((a, b) => b.seconds - a.seconds);
    const all = timed.reduce((sum, { seconds }) => sum + seconds, 0);
    const lines = timed
      .slice(0, NAMED)
      .map(({ path, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${path}`);
    process.stdout.write(
      `\nThe dearest of ${timed.length} files, of ${all.toFixed(0)} s in all:\n${lines.join('\n')}\n`,
    );
  }
}
