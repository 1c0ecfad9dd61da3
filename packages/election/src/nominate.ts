/** What the form of somebody who wants to stand needs, and nothing of custody, rolls and results. */
export { lintNomination, type NominationFor } from './lint/lint-nomination.ts';
export { readCandidateFile } from './candidate/read-candidate.ts';
export { countWords } from './checks/bio.ts';
export { readTemplate, writeCandidate, type Nomination, type Template } from './nominations/template.ts';
