export {
  type BoardAtHand,
  boardFolder,
  CUSTODY_NAME,
  ELSEWHERE_NAME,
  type FolderFile,
  MOST_IN_REPOSITORY,
  readElsewhere,
} from './board-folder.ts';
export { CHECKS, type Check, type CheckCode, type CheckName, type Facts } from './check.ts';
export { checkInclusion } from './check-inclusion.ts';
export { cleanTracker } from './check-voter.ts';
export * from './counted.ts';
export { dataOf, type OutcomeData } from './outcome-data.ts';
export { givesAgain, statedOutcome } from './stated-outcome.ts';
export { readReceipt, readResults } from './read-results.ts';
export * from './results.ts';
export { ruleIn } from './rule-in.ts';
export { verifyResults, type Verification, type VerifyInput } from './verify-results.ts';
