import type { Rule } from 'eslint';

/** See README.md. */
export const wordsInCatalogue: Rule.RuleModule;
