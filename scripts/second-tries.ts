/** A reporter of vitest: at the end of a run it names what passed at a second try only, and what failed before. */
import type { Reporter, TestModule } from 'vitest/node';

export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap((module) =>
      [...module.children.allTests('passed')]
        .filter((test) => test.diagnostic()?.flaky === true)
        .map((test) => {
          const [first] = test.result().errors ?? [];
          return `passed at the second try only: ${test.fullName}\n    ${first?.message ?? 'no reason was kept'}`;
        }),
    );
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`);
  }
}
