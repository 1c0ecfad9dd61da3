import { defineConfig } from 'vitest/config';

const folders = (process.env.ELEKTO_MUTATION_TESTS ?? '**').split(',');

/** The tests that a mutation run repeats for one part: its own, in one process, with few runs of each property. */
export default defineConfig({
  test: {
    include: folders.map((folder) => `src/${folder}/*.test.ts`),
    exclude: ['**/node_modules/**'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { ELEKTO_MOST_RUNS: '5' },
    setupFiles: ['./vitest.mutation.setup.ts'],
  },
});
