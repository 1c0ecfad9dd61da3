import type { KnipConfig } from 'knip';

/** What nothing uses is an error of `npm run lint`: each entry below is started by a name that no import says. */
const config: KnipConfig = {
  // An export that only its own file uses is a seam for its reader, not dead code.
  ignoreExportsUsedInFile: true,
  ignoreBinaries: [
    // Programs of the machine that tests use where it has them.
    'kubectl',
    'systemd-analyze',
    'flock',
    'prlimit',
    'dpkg-deb',
    'openssl',
    'fc-match',
    'mkfifo',
  ],
  workspaces: {
    '.': {
      entry: [
        // The commands of run.mjs, and the steps of scripts/test.ts.
        'scripts/{start,build,build-console,image,test,machine,sbom,astro-imports,pack-tally,hold-officers,mutation}.ts',
        '{tests,scripts}/**/*.{test,e2e}.ts',
        'tests/bench-many.ts',
        // The types of the file beside it.
        'scripts/one-piece.d.mts',
        // Named to vitest by scripts/test.ts.
        'scripts/dearest.ts',
        'scripts/second-tries.ts',
        // Run in place of the machine's own by tests/support/machine.ts.
        'tests/support/systemctl.ts',
      ],
      project: ['{scripts,tests}/**/*.{ts,mjs,js}', '*.{js,cjs,ts}'],
      ignoreDependencies: [
        // Started by scripts/test.ts, the first as `depcruise`.
        'dependency-cruiser',
        'oxlint',
        'oxlint-tsgolint',
        'typescript-native',
        // Found from apps/console when the console is built where only what runs is installed.
        '@vitejs/plugin-react',
      ],
    },
    'apps/console': {
      entry: [
        '{src,tests,e2e}/**/*.{test,e2e}.{ts,tsx}',
        // Named by tests/harness/index.html, and by the stand-in for Electron.
        'tests/harness/main.tsx',
        'tests/double/main-side/register.mjs',
        'tests/double/page-side/{isolated,main}-world.ts',
        // Named to electron-builder with --config.
        'electron-builder.config.ts',
        'bench/bench-console.ts',
        'scripts/{dev,pictures,web}.ts',
      ],
    },
    'apps/server': {
      entry: [
        'main.mjs',
        '{src,tests,e2e}/**/*.{test,e2e}.ts',
        'bench/{publish,load,hostile,small,soak,soak-faults}.ts',
      ],
    },
    site: {
      entry: [
        'src/pages/**/*.astro',
        // Bundled by src/build/islands.ts, which names the folders and files.
        'src/islands/*/main.{ts,tsx}',
        'src/inline/*.ts',
        // A process and a thread of their own, and what the bundler is given.
        'src/build/{run,render-thread,write-thread}.ts',
        'src/render/pages.ts',
        'tests/support/hangs.ts',
        '{src,tests,e2e}/**/*.{test,e2e}.{ts,tsx}',
        'e2e/{lighthouse,lag,pictures,shots,verify-page}.ts',
        'e2e/browsers/run.ts',
        '{dev-data,make-glyphs}.ts',
      ],
      // `astro check` asks for the first; src/build/islands.ts puts the second in the place of React.
      ignoreDependencies: ['@astrojs/check', 'preact'],
    },
    'packages/*': {
      entry: [
        '{src,tests,e2e}/**/*.{test,e2e}.{ts,tsx}',
        'src/main.ts',
        'src/**/*.worker.ts',
        'bench/bench*.ts',
        'vectors/make-*.ts',
        'vitest.mutation.*.ts',
        'tests/{differential,random-insider}/run.ts',
      ],
    },
  },
};

export default config;
