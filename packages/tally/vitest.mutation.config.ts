import { defineConfig } from 'vitest/config';

/** The tests a mutation run repeats: all of this package's, in one process. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    maxWorkers: 1,
    env: { ELEKTO_MOST_RUNS: '30' },
  },
});
