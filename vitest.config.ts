import { defineConfig } from 'vitest/config';

const everywhere = [
  '**/node_modules/**',
  '**/dist/**',
  '**/out/**',
  '.toolchain/**',
  '.data/**',
  '**/.stryker-tmp/**',
];
const faults = '**/*.faults.test.ts';
/** What puts something in a module's place (`vi.mock`): that holds for its whole process. */
const standIns = [
  'apps/console/src/main/{notices,pure}.test.ts',
  'packages/ballot-box/src/rehearsal/hold-rehearsal.test.ts',
  'packages/cli/tests/custody-{refused,strange,tie}.test.ts',
];

/** Whose subject sealing is: they seal as voters and officers do, with X25519 in plain JavaScript. */
const sealing = 'packages/{protocol,custody}/tests/**/*.test.ts';

/** What the files of `tests` and of `sealing` have in common. */
const waiting = {
  // As in `unit`; what a file changes of its process (`vi.stubEnv`, fake timers) it puts back at its end.
  isolate: false,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 20_000 } },
};

/**
 * A machine may be so busy that a browser loses a frame or a process is late. A second try is told by name, with what failed
 * first; a second failure fails.
 */
const SECOND_TRY = process.env['CI'] === 'true' ? 1 : 0;

/**
 * One run for everything; `unit` needs nothing, `apart` a process of its own, `tests` a database or HTTP, `sealing` time, `e2e`
 * Chromium, `faults` minutes.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{apps,packages}/*/src/**/*.test.{ts,tsx}',
            'site/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
          ],
          exclude: [...everywhere, ...standIns],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // Modules are read once a process: reading them anew for every file costs more than the tests.
          isolate: false,
        },
      },
      {
        test: {
          name: 'tests',
          include: [
            '{apps,packages}/*/tests/**/*.test.{ts,tsx}',
            'site/tests/**/*.test.{ts,tsx}',
            'tests/**/*.test.ts',
          ],
          exclude: [...everywhere, ...standIns, faults, sealing],
          setupFiles: ['packages/protocol/tests/support/native-x25519-setup.ts'],
          retry: SECOND_TRY,
          ...waiting,
        },
      },
      {
        test: {
          name: 'sealing',
          include: [sealing],
          exclude: [...everywhere, faults],
          retry: SECOND_TRY,
          ...waiting,
        },
      },
      {
        test: {
          name: 'apart',
          include: standIns,
          exclude: everywhere,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['{apps,packages}/*/e2e/**/*.e2e.ts', 'site/e2e/**/*.e2e.ts', 'tests/**/*.e2e.ts'],
          exclude: everywhere,
          // As above: in a process of its own each file would read the server and the browser's library anew.
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          retry: SECOND_TRY,
          // What a page shows is waited for; a busy machine makes it late, not wrong.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'faults',
          include: [faults],
          exclude: everywhere,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
    // Files wait for browsers, databases and processes about as long as they compute: twice as many as two processors.
    maxWorkers: 4,
  },
});
