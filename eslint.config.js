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
    },
  },
);
