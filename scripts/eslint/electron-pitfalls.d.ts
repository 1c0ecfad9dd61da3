import type { Rule } from 'eslint';

/** See README.md. */
export const electronPitfalls: Rule.RuleModule;
