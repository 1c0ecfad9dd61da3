import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';
import exceptions from './scripts/eslint/words-exceptions.json' with { type: 'json' };
import { electronPitfalls } from './scripts/eslint/electron-pitfalls.js';
import { wordsInCatalogue } from './scripts/eslint/words-in-catalogue.js';

const NAMED_EXPORTS = {
  selector: 'ExportDefaultDeclaration[declaration.type="FunctionDeclaration"]',
  message: 'Use named exports.',
};

/** What one database understands and another does not, or takes in another sense. */
const DIALECT =
  /^(onConflict|onDuplicateKeyUpdate|returning|returningAll|for(No)?(Key)?(Share|Update)|forKeyShare|skipLocked|noWait|modifyFront|modifyEnd|replaceInto|mergeInto|distinctOn|ilike|dialect)$/;

const DIALECTS = [
  {
    selector: `MemberExpression[property.name=${DIALECT}]`,
    message: 'What databases say differently stands in packages/db: use or add a verb of its statements.ts.',
  },
  {
    selector:
      'ImportDeclaration[source.value=/^(@elekto.db|kysely)$/] > ImportSpecifier[imported.name="sql"]',
    message: 'Statements that are written out stand in packages/db, for every database it knows.',
  },
];

/** Standard output and error, however they are reached, but to ask whether they are a terminal; and the console. */
const TERMINAL = {
  selector:
    ':not(MemberExpression[property.name="isTTY"]) > MemberExpression[object.name="process"]:matches([property.name=/^std(out|err)$/], [property.value=/^std(out|err)$/]), VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name=/^std(out|err)$/], ImportSpecifier[imported.name=/^std(out|err)$/], MemberExpression[object.name="console"]',
  message: 'What people read goes out by terminal.ts, where no text of a file steers their terminal.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      // A piece that is being made.
      '**/dist.*/**',
      '**/out/**',
      '.toolchain/**',
      '.data/**',
      '**/.astro/**',
      'artifacts/**',
      'reports/**',
      '**/.stryker-tmp/**',
    ],
  },
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', NAMED_EXPORTS],
      eqeqeq: ['error', 'always'],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@elekto/tally',
              importNames: ['count', 'Counter'],
              message:
                'An election is counted by its rule: countByRule or countCsv with ruleOf, of @elekto/protocol/rule.',
            },
          ],
        },
      ],
    },
  },
  {
    // The rule's own home; the command that counts any file as its flags say; an example in a text; made-up data of tests.
    files: [
      'packages/protocol/src/rule/count-by-rule.ts',
      'packages/cli/src/tally.ts',
      'packages/cli/src/tally/**',
      'packages/cli/src/archive/**',
      'packages/*/bench/**',
      'site/src/counting-example.ts',
      'apps/console/tests/harness/fixtures.ts',
      'apps/console/src/renderer/views/count/count-file.ts',
      '**/*.test.{ts,tsx}',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Databases differ in one place.
    files: ['{packages,apps}/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.ts'],
    ignores: ['packages/{db,testing}/**', '**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', NAMED_EXPORTS, ...DIALECTS],
    },
  },
  {
    files: ['packages/cli/src/**/*.ts'],
    // The last line of a run is written in `main.ts`, which waits for it.
    ignores: ['packages/cli/src/{terminal,main}.ts', '**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', NAMED_EXPORTS, ...DIALECTS, TERMINAL] },
  },
  {
    // What people read stands in a catalogue. Its homes: the words, the texts of the pages and of the pictures,
    // and the files whose whole matter is a diagnostic.
    files: ['{packages,apps}/*/src/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx}'],
    ignores: [
      '**/*.test.{ts,tsx}',
      'packages/{words,election,formats,testing}/**',
      'packages/roll/src/{rules,files}/**',
      'packages/roll/src/write/voters.ts',
      'apps/server/src/config/**',
      'packages/ui/src/texts.ts',
      'site/src/texts/**',
      ...exceptions,
    ],
    plugins: { elekto: { rules: { 'words-in-catalogue': wordsInCatalogue } } },
    rules: { 'elekto/words-in-catalogue': 'error' },
  },
  {
    files: ['apps/console/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts'],
    plugins: { electron: { rules: { pitfalls: electronPitfalls } } },
    rules: { 'electron/pitfalls': 'error' },
  },
);
