import { inEdition1, ruleOf } from '../rule/rule.ts';
import type { Rule } from '../rule/rule.ts';
import type { ResultsFile } from './results.ts';

/** The rule that a file says it was counted by. */
export const ruleIn = (file: ResultsFile): Rule =>
  file.format === 'elekto-results/1'
    ? inEdition1(ruleOf(file.manifest, { ...file, struck: [] }))
    : ruleOf(file.manifest, file);
