import { defineConfig } from 'vitest/config';

/**
 * The tests a mutation run repeats, in one process: all of this package's, or those of one folder, such as
 * `ELEKTO_MUTATION_TESTS=src/graph/**`, which say no more than the whole and much sooner.
 */
export default defineConfig({
  test: {
    include: [`${process.env['ELEKTO_MUTATION_TESTS'] ?? 'src/**'}/*.test.ts`],
    exclude: ['**/node_modules/**'],
    maxWorkers: 1,
    env: { ELEKTO_MOST_RUNS: '30' },
  },
});
