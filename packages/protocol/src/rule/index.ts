export { ballotsToCsv, countByRule } from './count-by-rule.ts';
export { ruleOf, type Rule } from './rule.ts';
