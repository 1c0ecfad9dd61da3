import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
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
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration[declaration.type="FunctionDeclaration"]',
          message: 'Use named exports.',
        },
      ],
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
      '**/*.test.{ts,tsx}',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
);
