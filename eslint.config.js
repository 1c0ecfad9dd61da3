import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';
import exceptions from './scripts/eslint/words-exceptions.json' with { type: 'json' };
import { electronPitfalls } from './scripts/eslint/electron-pitfalls.js';
import { wordsInCatalogue } from './scripts/eslint/words-in-catalogue.js';

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

/** Sources as they run: what reads the project's own rules. */
const SOURCES = ['{packages,apps}/*/src/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx}'];

/** Pages, and the scripts in them. */
const PAGES = ['**/*.astro', '**/*.astro/*.{js,ts}'];

/** The project's own rules, and those of pages. All that other projects hold too is asked by oxlint (.oxlintrc.json), at a tenth of the time. */
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
      '**/*.test.{ts,tsx}',
    ],
  },
  { files: SOURCES, languageOptions: { parser: tseslint.parser } },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: PAGES })),
  ...astro.configs.recommended,
  {
    files: PAGES,
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    // Databases differ in one place.
    files: ['{packages,apps}/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.ts'],
    ignores: ['packages/{db,testing}/**'],
    rules: { 'no-restricted-syntax': ['error', ...DIALECTS] },
  },
  {
    files: ['packages/cli/src/**/*.ts'],
    // The last line of a run is written in `main.ts`, which waits for it.
    ignores: ['packages/cli/src/{terminal,main}.ts'],
    rules: { 'no-restricted-syntax': ['error', ...DIALECTS, TERMINAL] },
  },
  {
    // What people read stands in a catalogue. Its homes: the words, the texts of the pages and of the pictures,
    // and the files whose whole matter is a diagnostic.
    files: SOURCES,
    ignores: [
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
    plugins: { electron: { rules: { pitfalls: electronPitfalls } } },
    rules: { 'electron/pitfalls': 'error' },
  },
);
