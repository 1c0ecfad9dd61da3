/** Imports point one way only: see docs/architecture.md. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import, of ours, only: ${allowed.join(', ') || 'nothing'}`,
  from: { path: `^${from}/(src|bin)` },
  to: {
    path: '^(packages|apps|site)/',
    pathNot: [`^${from}/`, ...allowed.map((p) => `^${p}/${/\/src\//.test(p) ? '' : 'src/'}`)],
  },
});

module.exports = {
  forbidden: [
    only('election', 'packages/election', []),
    only('tally', 'packages/tally', []),
    only('metarepo', 'packages/metarepo', ['packages/election']),
    only('db', 'packages/db', []),
    only('ballot-box', 'packages/ballot-box', ['packages/db', 'packages/election', 'packages/tally']),
    only('api', 'packages/api', [
      'packages/ballot-box',
      'packages/metarepo',
      'packages/election',
      'packages/tally',
      'packages/db',
    ]),
    only('server', 'apps/server', [
      'packages/api',
      'packages/db',
      'packages/metarepo',
      'packages/ballot-box',
      'packages/election',
      'packages/tally',
    ]),
    only('cli', 'packages/cli', [
      'packages/election',
      'packages/metarepo',
      'packages/tally',
      'packages/ballot-box',
      'packages/db',
    ]),
    only('ui', 'packages/ui', ['packages/election', 'packages/tally', 'packages/api']),
    only('site', 'site', [
      'packages/election',
      'packages/tally',
      'packages/ui',
      'packages/api',
      'packages/ballot-box/src/browser',
      'packages/ballot-box/src/wire',
    ]),
    only('console', 'apps/console', ['packages/ui', 'packages/api', 'packages/tally', 'packages/election']),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'api-types-only',
      severity: 'error',
      comment: 'Clients import the router as a type.',
      from: { path: '^(site|apps/console|packages/ui)/' },
      to: { path: '^packages/api/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-past-the-index',
      severity: 'error',
      comment: 'A package is entered by what its package.json exports.',
      from: { path: '^(packages|apps|site)/([^/]+)/' },
      to: {
        path: '^(packages|apps)/[^/]+/src/',
        pathNot: [
          '^$1/$2/',
          '/src/index\\.ts$',
          '/src/(browser|wire)/index\\.ts$',
          '/src/markdown\\.ts$',
          '^packages/testing/',
          '\\.css$',
        ],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist|out|\\.astro)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
