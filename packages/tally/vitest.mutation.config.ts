import { defineConfig } from 'vitest/config';

/** Folders below src, `.` for src itself; all of them when nothing is asked. */
const folders = (process.env['ELEKTO_MUTATION_TESTS'] ?? '**').split(',');

/** The tests that a mutation run repeats for one part, in one process, with few runs of each property. */
export default defineConfig({
  test: {
    include: folders.map((folder) => `src/${folder}/*.test.ts`),
    exclude: ['**/node_modules/**'],
    maxWorkers: 1,
    env: { ELEKTO_MOST_RUNS: '30' },
  },
});
