/** What a mutation run is made of: a package's parts, their files, and what the result of a file depends on. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A part: the folder of its sources, and the folders below src whose tests have to notice. */
export interface Part {
  readonly sources: string;
  readonly tests: readonly string[];
}
export interface Package {
  /** Whether each part has to reach the goal, or the whole alone. */
  readonly each: boolean;
  readonly parts: Readonly<Record<string, Part>>;
}
export const PACKAGES: Readonly<Record<string, Package>> = {
  custody: {
    each: false,
    parts: {
      ground: { sources: 'src', tests: ['.'] },
      group: { sources: 'src/group', tests: ['group'] },
      ballot: { sources: 'src/ballot', tests: ['ballot'] },
      ceremony: { sources: 'src/ceremony', tests: ['ceremony'] },
      mix: { sources: 'src/mix', tests: ['mix'] },
      decrypt: { sources: 'src/decrypt', tests: ['board'] },
      board: { sources: 'src/board', tests: ['board'] },
    },
  },
  tally: {
    each: true,
    parts: {
      pairwise: { sources: 'src/pairwise', tests: ['pairwise'] },
      graph: { sources: 'src/graph', tests: ['graph'] },
      report: { sources: 'src/report', tests: ['report'] },
      seats: { sources: 'src/seats', tests: ['seats', '.'] },
      ballots: { sources: 'src/ballots', tests: ['ballots'] },
      methods: { sources: 'src/methods', tests: ['methods', 'seats', 'stv', '.'] },
      stv: { sources: 'src/stv', tests: ['stv', 'methods', 'seats', '.'] },
      count: { sources: 'src', tests: ['.', 'methods', 'seats', 'stv'] },
    },
  },
};

/** The files of a part that are changed, from the package's folder. */
export const filesOf = (root: string, { sources }: Part): string[] =>
  globSync(`${sources}/*.ts`, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/(\.test|\/testing|\/index|\/model)\.ts$/.test(file))
    .toSorted();

/**
 * A digest of what a part's results are measured with: its sources, its tests and what they share, the settings, and the versions
 * of the tools. Sources of other parts are not in it: what they do is kept by tests of their own, and to leave it unchanged
 * does not change what a test of this part notices.
 */
export function digestOf(root: string, { sources, tests }: Part): string {
  const patterns = [
    `${sources}/*.ts`,
    ...tests.map((folder) => join('src', folder, '*.test.ts')),
    'src/**/testing.ts',
    'stryker.config.json',
    'vitest.mutation.*.ts',
    'node_modules/{@stryker-mutator/{core,vitest-runner},vitest}/package.json',
    '../../node_modules/vitest/package.json',
  ];
  const names = new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: root })));
  const all = createHash('sha256');
  for (const name of [...names].toSorted()) {
    const content = createHash('sha256')
      .update(readFileSync(join(root, name)))
      .digest('hex');
    all.update(`${name.replaceAll('\\', '/')} ${content}\n`);
  }
  return all.digest('hex');
}
