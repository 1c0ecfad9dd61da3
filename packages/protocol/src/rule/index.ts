export { ballotsToCsv, countByRule, countInTurns, countSet } from './count-by-rule.ts';
export { countBackCsv, countCsv } from './count-csv.ts';
export { UNKNOWN_RULE } from './unknown-rule.ts';
export { byMethod, ruleOf, type Rule } from './rule.ts';
