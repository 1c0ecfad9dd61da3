export * from './model.ts';
export {
  decide,
  judge,
  exclusions,
  metWithoutExceptions,
  reasons,
  type Judged,
  type Verdict,
} from './decide/decide.ts';
export { Collector } from './facts/collector.ts';
export { accountOf } from './files/account-of.ts';
export { codeownersIn, csvIn, namedIn, rollIn } from './files/logins-in.ts';
export { aliasesIn, ownersIn } from './files/owners.ts';
export { RollFileError } from './files/problem.ts';
export { readRules, type RulesReading } from './rules/read-rules.ts';
export { fits, standingOf } from './rules/repositories.ts';
export type { BuiltRoll } from './write/built-roll.ts';
export { countByRule, type RuleCount } from './write/by-rule.ts';
export { differenceOf, movedBetween, type Moved, type RollDifference } from './write/difference.ts';
export { evidenceRows, readEvidence, writeEvidence, type EvidenceRow } from './write/evidence.ts';
export { votersIn, writeVoters } from './write/voters.ts';
