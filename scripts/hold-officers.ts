/**
 * `npm run hold:officers -- [2021 2021+2 2022 2023]`: holds the steering elections of Kubernetes again under officers who each
 * are a process with `elekto custody`, and compares with what was published. `2021+2`: with two more officers. Takes some minutes each.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const LONGEST_MS = 3_600_000;
const root = join(import.meta.dirname, '..');
const named = process.argv.slice(2);
const years = named.length > 0 ? named : ['2021', '2021+2', '2022', '2023'];
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', 'apps/server/tests/officers-processes.test.ts', '-t', 'equal rows'],
    `--testTimeout=${LONGEST_MS}`,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    timeout: LONGEST_MS,
    env: { ...process.env, ELEKTO_HOLD_OFFICERS: years.join(',') },
  },
);
process.exitCode = status ?? 1;
